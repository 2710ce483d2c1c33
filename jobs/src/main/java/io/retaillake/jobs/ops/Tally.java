package io.retaillake.jobs.ops;

import java.util.List;
import org.apache.iceberg.data.Record;

/** Something that is added up over the rows of a mart. */
interface Tally {

    /** The columns that it needs. */
    List<String> columns();

    /** Adds a row, which it does not keep: the next one is read into the same record. */
    void add(Record row);
}

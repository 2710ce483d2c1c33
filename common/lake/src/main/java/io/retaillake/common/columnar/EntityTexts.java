package io.retaillake.common.columnar;

import org.apache.parquet.io.api.Binary;

/** Which string each of many entities has. Entities are known by their numbers from zero on, and so are the different strings. */
interface EntityTexts {

    /** In place of a string's number: there is none. */
    int NONE = ColumnChunkWriter.NULL;

    /** The number of an entity's string; {@link #NONE} where it has none. */
    int textOf(int entity);

    /** How many different strings there are so far. */
    int differentTexts();

    /** A string by its number. */
    Binary text(int number);

    /** Puts a string, by its number, in Parquet's plain encoding. */
    void put(PageBuffer page, int number);
}

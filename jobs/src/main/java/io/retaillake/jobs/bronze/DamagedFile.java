package io.retaillake.jobs.bronze;

import io.retaillake.common.columnar.AvroInput;
import io.retaillake.common.job.Failures;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.hadoop.HadoopInputFile;

/**
 * A delivered file that Avro can't read to its end. Each compression, and each kind of damage in a row, has exceptions of its own, and
 * Spark tells a file's name only where its first block is damaged; so a file is judged by reading it.
 *
 * @param location its URI
 * @param why what Avro says
 */
record DamagedFile(String location, String why) {

    private static final String AVRO = Schema.class.getPackageName() + ".";

    /** Through which Spark reads the storage; what fails in it is no damage. */
    private static final String SPARKS_INPUT = "org.apache.avro.mapred.FsInput";

    /**
     * Reads all of the file.
     *
     * @throws IOException when the storage fails
     */
    static Optional<DamagedFile> find(String location, Configuration hadoop) throws IOException {
        try (AvroInput input = new AvroInput(HadoopInputFile.fromPath(new Path(URI.create(location)), hadoop))) {
            try (DataFileReader<GenericRecord> reader = new DataFileReader<>(input, new GenericDatumReader<>())) {
                GenericRecord row = null;
                while (reader.hasNext()) {
                    row = reader.next(row);
                }
                return Optional.empty();
            } catch (IOException | RuntimeException e) {
                if (hasFrame(e, AvroInput.class.getName())) {
                    throw e;
                }
                Throwable innermost =
                        Failures.causes(e).reduce((outer, inner) -> inner).orElse(e);
                String message = String.valueOf(innermost.getMessage());
                return Optional.of(new DamagedFile(
                        location,
                        innermost.getClass().getSimpleName() + ": "
                                + message.lines().findFirst().orElse("")));
            }
        }
    }

    /** Whether {@code failure} came while Avro read what the storage had handed out. */
    static boolean mayBeWhy(Throwable failure) {
        return failure instanceof Exception && hasFrame(failure, AVRO) && !hasFrame(failure, SPARKS_INPUT);
    }

    private static boolean hasFrame(Throwable failure, String classNamePrefix) {
        return Failures.causes(failure)
                .flatMap(cause -> Arrays.stream(cause.getStackTrace()))
                .anyMatch(frame -> frame.getClassName().startsWith(classNamePrefix));
    }
}

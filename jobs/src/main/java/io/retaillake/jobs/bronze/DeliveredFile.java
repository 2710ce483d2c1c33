package io.retaillake.jobs.bronze;

import io.retaillake.common.columnar.AvroInput;
import io.retaillake.common.job.Failures;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.InvalidAvroMagicException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.hadoop.HadoopInputFile;
import org.apache.iceberg.io.InputFile;

/**
 * A delivered file beside the contract of {@code bronze.purchase}.
 *
 * @param location its URI
 * @param differences what keeps it from being imported, one line each
 * @param furtherColumns its columns that the contract does not have
 */
record DeliveredFile(String location, List<String> differences, List<String> furtherColumns) {

    private static final int MARKER_BYTES = 16;

    /**
     * Reads the file's header and its last bytes, a few requests.
     *
     * @throws IOException when the storage fails
     */
    static DeliveredFile open(String location, Configuration hadoop) throws IOException {
        InputFile file = HadoopInputFile.fromPath(new Path(URI.create(location)), hadoop);
        try (AvroInput input = new AvroInput(file)) {
            return compare(location, input);
        } catch (IllegalArgumentException e) {
            if (Failures.find(e, URISyntaxException.class).isEmpty()) {
                throw e;
            }
            return unusable(location, "its name has a colon, with which Hadoop can't open it; rename it");
        }
    }

    private static DeliveredFile compare(String location, AvroInput input) throws IOException {
        try (DataFileReader<GenericRecord> reader = new DataFileReader<>(input, new GenericDatumReader<>())) {
            if (!endsWithABlock(input, reader.previousSync())) {
                return unusable(location, "it is cut off, it does not end where a block of Avro does");
            }
            Schema schema = reader.getSchema();
            return new DeliveredFile(
                    location, DeliveredSchema.differences(schema), DeliveredSchema.furtherColumns(schema));
        } catch (RuntimeException e) {
            // Avro has an exception of its own only for some of what can be wrong with a header.
            return unusable(location, "Avro can't read its header: " + e.getMessage());
        } catch (IOException e) {
            if (Failures.find(e, EOFException.class).isPresent()) {
                return unusable(location, "it is empty or cut off, even its Avro header is not complete");
            }
            if (Failures.find(e, InvalidAvroMagicException.class).isPresent()) {
                return unusable(location, "it is not an Avro file");
            }
            throw e;
        }
    }

    /**
     * Whether the header's last bytes, a random marker that also ends each block, end the file. Avro takes a block that is
     * not complete for the end of the file, without a word.
     */
    private static boolean endsWithABlock(AvroInput input, long headerBytes) throws IOException {
        return Arrays.equals(marker(input, headerBytes - MARKER_BYTES), marker(input, input.length() - MARKER_BYTES));
    }

    private static byte[] marker(AvroInput input, long position) throws IOException {
        byte[] marker = new byte[MARKER_BYTES];
        input.seek(position);
        for (int read = 0; read < MARKER_BYTES; ) {
            int more = input.read(marker, read, MARKER_BYTES - read);
            if (more < 0) {
                throw new EOFException("The file became shorter while it was read");
            }
            read += more;
        }
        return marker;
    }

    private static DeliveredFile unusable(String location, String why) {
        return new DeliveredFile(location, List.of(why), List.of());
    }
}

package io.retaillake.common.columnar;

import java.io.IOException;
import org.apache.iceberg.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A file of Iceberg's as one of Parquet's, which can be created once. */
final class ParquetOutput implements org.apache.parquet.io.OutputFile {

    private final OutputFile file;
    private Stream stream;

    ParquetOutput(OutputFile file) {
        this.file = file;
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) {
        stream = new Stream(file.create());
        return stream;
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
        throw new UnsupportedOperationException("No file is written twice: " + file.location());
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    @Override
    public String getPath() {
        return file.location();
    }

    /** The file's length. */
    long lengthBytes() {
        return stream.lengthBytes;
    }

    /** Closes the file, if it was created. */
    void close() throws IOException {
        if (stream != null) {
            stream.close();
        }
    }

    /** Takes single bytes together: Parquet writes headers and footers so, and a file system has much to do for each write. */
    private static final class Stream extends PositionOutputStream {

        private static final int BUFFER_BYTES = 1 << 13;

        private final org.apache.iceberg.io.PositionOutputStream out;
        private final byte[] buffer = new byte[BUFFER_BYTES];
        private int buffered;
        private long lengthBytes;
        private boolean isClosed;

        Stream(org.apache.iceberg.io.PositionOutputStream out) {
            this.out = out;
        }

        @Override
        public long getPos() {
            return lengthBytes;
        }

        @Override
        public void write(int oneByte) throws IOException {
            if (buffered == BUFFER_BYTES) {
                writeBuffered();
            }
            buffer[buffered++] = (byte) oneByte;
            lengthBytes++;
        }

        @Override
        public void write(byte[] bytes, int start, int count) throws IOException {
            if (count > BUFFER_BYTES - buffered) {
                writeBuffered();
            }
            if (count > BUFFER_BYTES) {
                out.write(bytes, start, count);
            } else {
                System.arraycopy(bytes, start, buffer, buffered, count);
                buffered += count;
            }
            lengthBytes += count;
        }

        private void writeBuffered() throws IOException {
            out.write(buffer, 0, buffered);
            buffered = 0;
        }

        @Override
        public void flush() throws IOException {
            writeBuffered();
            out.flush();
        }

        @Override
        public void close() throws IOException {
            if (!isClosed) {
                isClosed = true;
                try (out) {
                    writeBuffered();
                }
            }
        }
    }
}

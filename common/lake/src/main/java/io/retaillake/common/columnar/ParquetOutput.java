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

    /** The file's length, once it is closed. */
    long lengthBytes() {
        return stream.lengthBytes;
    }

    void close() throws IOException {
        stream.close();
    }

    private static final class Stream extends PositionOutputStream {

        private final org.apache.iceberg.io.PositionOutputStream out;
        private long lengthBytes;
        private boolean isClosed;

        Stream(org.apache.iceberg.io.PositionOutputStream out) {
            this.out = out;
        }

        @Override
        public long getPos() throws IOException {
            return out.getPos();
        }

        @Override
        public void write(int oneByte) throws IOException {
            out.write(oneByte);
        }

        @Override
        public void write(byte[] bytes, int start, int count) throws IOException {
            out.write(bytes, start, count);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            if (!isClosed) {
                isClosed = true;
                lengthBytes = out.getPos();
                out.close();
            }
        }
    }
}

package io.retaillake.common.columnar;

import java.io.IOException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;

/** A file of Iceberg's as one of Parquet's. */
final class ParquetInput implements org.apache.parquet.io.InputFile {

    private final InputFile file;

    ParquetInput(InputFile file) {
        this.file = file;
    }

    @Override
    public long getLength() {
        return file.getLength();
    }

    @Override
    public org.apache.parquet.io.SeekableInputStream newStream() {
        SeekableInputStream stream = file.newStream();
        return new DelegatingSeekableInputStream(stream) {
            @Override
            public long getPos() throws IOException {
                return stream.getPos();
            }

            @Override
            public void seek(long position) throws IOException {
                stream.seek(position);
            }
        };
    }

    @Override
    public String toString() {
        return file.location();
    }
}

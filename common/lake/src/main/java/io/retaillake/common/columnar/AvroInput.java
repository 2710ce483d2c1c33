package io.retaillake.common.columnar;

import java.io.IOException;
import org.apache.avro.file.SeekableInput;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;

/** A file for Avro's readers. */
public final class AvroInput implements SeekableInput {

    private final SeekableInputStream in;
    private final long lengthBytes;

    /** Opens the file. */
    public AvroInput(InputFile file) {
        in = file.newStream();
        lengthBytes = file.getLength();
    }

    @Override
    public void seek(long position) throws IOException {
        in.seek(position);
    }

    @Override
    public long tell() throws IOException {
        return in.getPos();
    }

    @Override
    public long length() {
        return lengthBytes;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return in.read(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

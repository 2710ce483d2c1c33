package io.retaillake.logs;

import com.macasaet.fernet.Key;
import io.retaillake.common.job.JobException;
import io.retaillake.common.secret.SecretFileReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;

/**
 * Keys in a file, as {@link KeyText} reads them.
 *
 * @param file where they are
 */
public record KeyFile(Path file) implements KeySource {

    @Override
    public List<Key> read() {
        try {
            return KeyText.read(SecretFileReader.read(file), "the file " + file);
        } catch (IOException e) {
            throw JobException.badArguments("The key file " + file + " can't be read: "
                    + (e instanceof CharacterCodingException ? "it is no text in UTF-8" : e) + "\nCheck --key-file.");
        }
    }
}

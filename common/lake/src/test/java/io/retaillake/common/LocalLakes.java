package io.retaillake.common;

import io.retaillake.common.lake.CatalogKind;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.lake.LakeSettings;
import java.nio.file.Path;

/** Lakes in folders of tests. */
public final class LocalLakes {

    static {
        System.setProperty("spark.master", "local[2,4]");
        System.setProperty("spark.ui.enabled", "false");
        System.setProperty("spark.sql.shuffle.partitions", "2");
        System.setProperty("spark.driver.bindAddress", "127.0.0.1");
    }

    private LocalLakes() {}

    /** Opens the lake in {@code folder}. */
    public static Lake open(Path folder) {
        return Lake.open(settings(folder), "test");
    }

    static LakeSettings settings(Path folder) {
        return new LakeSettings(
                LakeSettings.root(folder),
                CatalogKind.LOCAL,
                folder.resolve("catalog.db").toString(),
                "");
    }
}

package io.retaillake.common.columnar;

import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;

/**
 * A column with a string of each of the entities that rows are about. No string is looked at more than once, where Parquet's
 * own writers look each row's up and spend most of their time on that.
 */
public final class StringChunkWriter extends DictionaryChunkWriter {

    /** In place of an entity's number: the row is about none. */
    public static final int NOTHING = -1;

    private static final int INITIAL_TEXTS = 16;

    private final EntityTexts texts;
    private final int mostDictionaryBytes;
    private final TextIds ids = new TextIds();
    private int[] textsOfIds = new int[INITIAL_TEXTS];
    private int size;
    private long dictionaryBytes;

    /** A chunk whose dictionary may have so many bytes in Parquet's plain encoding. */
    StringChunkWriter(
            ColumnDescriptor column,
            PageBuffer bytes,
            PageCompression compression,
            int mostDictionaryBytes,
            EntityTexts texts) {
        super(column, bytes, compression);
        this.mostDictionaryBytes = mostDictionaryBytes;
        this.texts = texts;
    }

    /** Adds a page of rows by the numbers of the entities that they are about; {@link #NOTHING} for null. */
    public void addPage(int[] entities, int rowCount) {
        int[] idsOfRows = roomForIds(rowCount);
        ids.expect(texts.differentTexts());
        int last = NOTHING;
        int lastId = NULL;
        for (int i = 0; i < rowCount; i++) {
            if (entities[i] != last) {
                last = entities[i];
                lastId = last == NOTHING ? NULL : idOf(texts.textOf(last));
            }
            idsOfRows[i] = lastId;
        }
        addNumberedPage(idsOfRows, rowCount);
    }

    private int idOf(int text) {
        if (text == EntityTexts.NONE) {
            return NULL;
        }
        int id = ids.get(text);
        return id == TextIds.NONE ? add(text) : id;
    }

    private int add(int text) {
        if (size == textsOfIds.length) {
            textsOfIds = Arrays.copyOf(textsOfIds, Math.multiplyExact(2, size));
        }
        textsOfIds[size] = text;
        ids.put(text, size);
        dictionaryBytes += Integer.BYTES + texts.text(text).length();
        return size++;
    }

    @Override
    int size() {
        return size;
    }

    @Override
    boolean isTooLarge() {
        return dictionaryBytes > mostDictionaryBytes;
    }

    @Override
    void putValue(PageBuffer page, int id) {
        texts.put(page, textsOfIds[id]);
    }

    @Override
    void addTo(Statistics<?> statistics, int id) {
        statistics.updateStats(texts.text(textsOfIds[id]));
    }

    @Override
    void clearValues() {
        size = 0;
        dictionaryBytes = 0;
        ids.clear();
    }
}

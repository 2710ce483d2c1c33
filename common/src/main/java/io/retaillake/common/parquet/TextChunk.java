package io.retaillake.common.parquet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/**
 * A column of texts that something else tells: an attribute of a product, say. Its rows come as that thing's number, so that a text is
 * looked up once for each thing and not for each row, which is what most of the time of Parquet's own writers goes to.
 */
public final class TextChunk extends DictionaryChunk {

    private static final int UNKNOWN = -2;

    private final IntFunction<byte[]> texts;
    private final Map<Binary, Integer> idsOfTexts = new HashMap<>();
    private final List<Binary> dictionary = new ArrayList<>();
    private int[] idsOfThings = new int[0];
    private int[] ids = new int[0];
    private long dictionaryBytes;

    /**
     * A chunk of a column of texts.
     *
     * @param texts the text in UTF-8 of each thing, always the same; null where it has none
     */
    TextChunk(ColumnDescriptor column, PageBytes bytes, int mostDictionaryBytes, IntFunction<byte[]> texts) {
        super(column, bytes, mostDictionaryBytes);
        this.texts = texts;
    }

    /** Adds a page of rows by the numbers, from zero on, of the things that they are about. */
    public void addPage(int[] things, int rowCount) {
        if (ids.length < rowCount) {
            ids = new int[rowCount];
        }
        for (int i = 0; i < rowCount; i++) {
            int thing = things[i];
            int id = thing < idsOfThings.length ? idsOfThings[thing] : UNKNOWN;
            ids[i] = id == UNKNOWN ? identify(thing) : id;
        }
        addNumberedPage(ids, rowCount);
    }

    private int identify(int thing) {
        if (thing >= idsOfThings.length) {
            int before = idsOfThings.length;
            idsOfThings = Arrays.copyOf(idsOfThings, Math.max(2 * before, thing + 1));
            Arrays.fill(idsOfThings, before, idsOfThings.length, UNKNOWN);
        }
        byte[] text = texts.apply(thing);
        int id = text == null ? NULL : idsOfTexts.computeIfAbsent(Binary.fromConstantByteArray(text), this::append);
        idsOfThings[thing] = id;
        return id;
    }

    private int append(Binary text) {
        dictionary.add(text);
        dictionaryBytes += Integer.BYTES + text.length();
        return dictionary.size() - 1;
    }

    @Override
    int size() {
        return dictionary.size();
    }

    @Override
    long dictionaryBytes() {
        return dictionaryBytes;
    }

    @Override
    void putValue(PageBytes page, int id) {
        byte[] text = dictionary.get(id).getBytesUnsafe();
        page.putText(text, 0, text.length);
    }

    @Override
    void addTo(Statistics<?> statistics, int id) {
        statistics.updateStats(dictionary.get(id));
    }

    @Override
    void clearValues() {
        idsOfTexts.clear();
        dictionary.clear();
        dictionaryBytes = 0;
        Arrays.fill(idsOfThings, UNKNOWN);
    }
}

package io.retaillake.common.columnar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/**
 * A column with an {@link EncodedAttribute} of the entities that rows are about. No string is looked at more than once, where Parquet's
 * own writers look each row's up and spend most of their time on that.
 */
public final class StringChunkWriter extends DictionaryChunkWriter {

    /** In place of an entity's number: the row is about none. */
    public static final int NOTHING = -1;

    private static final int NEW = -2;

    private final EncodedAttribute attribute;
    private final int mostDictionaryBytes;
    private final List<Binary> dictionary = new ArrayList<>();
    private int[] idsOfTexts = new int[0];
    private int[] ids = new int[0];
    private long dictionaryBytes;

    /** A chunk whose dictionary may have so many bytes in Parquet's plain encoding. */
    StringChunkWriter(ColumnDescriptor column, PageBuffer bytes, int mostDictionaryBytes, EncodedAttribute attribute) {
        super(column, bytes);
        this.mostDictionaryBytes = mostDictionaryBytes;
        this.attribute = attribute;
    }

    /** Adds a page of rows by the numbers of the entities that they are about; {@link #NOTHING} for null. */
    public void addPage(int[] things, int rowCount) {
        if (ids.length < rowCount) {
            ids = new int[rowCount];
        }
        if (idsOfTexts.length < attribute.differentTexts()) {
            int before = idsOfTexts.length;
            idsOfTexts = Arrays.copyOf(idsOfTexts, attribute.differentTexts());
            Arrays.fill(idsOfTexts, before, idsOfTexts.length, NEW);
        }
        for (int i = 0; i < rowCount; i++) {
            int text = things[i] == NOTHING ? EncodedAttribute.NONE : attribute.textOf(things[i]);
            ids[i] = text == EncodedAttribute.NONE ? NULL : idOf(text);
        }
        addNumberedPage(ids, rowCount);
    }

    private int idOf(int text) {
        int id = idsOfTexts[text];
        if (id == NEW) {
            id = dictionary.size();
            idsOfTexts[text] = id;
            dictionary.add(attribute.text(text));
            dictionaryBytes += Integer.BYTES + attribute.text(text).length();
        }
        return id;
    }

    @Override
    int size() {
        return dictionary.size();
    }

    @Override
    boolean isTooLarge() {
        return dictionaryBytes > mostDictionaryBytes;
    }

    @Override
    void putValue(PageBuffer page, int id) {
        byte[] text = dictionary.get(id).getBytesUnsafe();
        page.putText(text, 0, text.length);
    }

    @Override
    void addTo(Statistics<?> statistics, int id) {
        statistics.updateStats(dictionary.get(id));
    }

    @Override
    void clearValues() {
        dictionary.clear();
        dictionaryBytes = 0;
        Arrays.fill(idsOfTexts, NEW);
    }
}

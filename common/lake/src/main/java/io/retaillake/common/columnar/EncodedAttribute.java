package io.retaillake.common.columnar;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.parquet.io.api.Binary;

/**
 * A string that each of many entities has, e.g. the name of a product, as four bytes an entity and each different string once. Rows about
 * an entity need no string to be told apart.
 */
public final class EncodedAttribute implements EntityTexts, Serializable {

    private static final long serialVersionUID = 1;
    private static final int INITIAL_ENTITIES = 64;

    private final EncodedAttribute shared;
    private final int sharedEntities;
    private final int sharedTexts;
    private final StringDictionary texts = new StringDictionary();
    private int[] textsOfEntities = new int[INITIAL_ENTITIES];
    private int entities;

    /** Of no entity yet. */
    public EncodedAttribute() {
        this(null, 0, 0);
    }

    private EncodedAttribute(EncodedAttribute shared, int sharedEntities, int sharedTexts) {
        this.shared = shared;
        this.sharedEntities = sharedEntities;
        this.sharedTexts = sharedTexts;
    }

    /** The same, to which a task can add entities of its own; this must not change any more, and is not copied. */
    public EncodedAttribute extended() {
        return new EncodedAttribute(this, entities, texts.size());
    }

    /** Adds the string, in UTF-8, of the next entity; null where it has none. */
    public void add(byte[] text) {
        if (entities == textsOfEntities.length) {
            textsOfEntities = Arrays.copyOf(textsOfEntities, Math.multiplyExact(2, entities));
        }
        textsOfEntities[entities++] = text == null ? NONE : numberOf(text);
    }

    private int numberOf(byte[] text) {
        int known = shared == null ? NONE : shared.texts.find(text, 0, text.length);
        return known == NONE ? sharedTexts + texts.numberOf(text, 0, text.length) : known;
    }

    @Override
    public int textOf(int entity) {
        return entity < sharedEntities ? shared.textsOfEntities[entity] : textsOfEntities[entity - sharedEntities];
    }

    @Override
    public int differentTexts() {
        return sharedTexts + texts.size();
    }

    @Override
    public Binary text(int number) {
        return number < sharedTexts ? shared.texts.binary(number) : texts.binary(number - sharedTexts);
    }

    @Override
    public void put(PageBuffer page, int number) {
        if (number < sharedTexts) {
            shared.texts.put(page, number);
        } else {
            texts.put(page, number - sharedTexts);
        }
    }

    /** How many bytes of memory it takes, without what it extends. */
    public long memoryBytes() {
        return (long) Integer.BYTES * textsOfEntities.length + texts.memoryBytes();
    }
}

package io.retaillake.jobs.silver;

import io.retaillake.common.columnar.ColumnarParquetWriter;
import io.retaillake.common.columnar.EncodedAttribute;
import io.retaillake.common.columnar.StringChunkWriter;
import io.retaillake.common.contract.SilverTables;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The products, customers and stores that a task's purchases name, by numbers, with the columns of {@code silver.purchases} that depend
 * on them. Those that are in no dimension have their codes and no other strings.
 */
final class DimensionEncoder {

    private final KeyDictionary products = new KeyDictionary();
    private final KeyDictionary customers = new KeyDictionary();
    private final KeyDictionary stores = new KeyDictionary();
    private final List<EncodedAttribute> productAttributes = attributes(SilverTables.PRODUCT_COLUMNS);
    private final List<EncodedAttribute> customerAttributes = attributes(SilverTables.CUSTOMER_COLUMNS);
    private final List<EncodedAttribute> storeAttributes = attributes(Dimensions.STORE_COLUMNS);

    /** Begins with what the dimensions know. */
    DimensionEncoder(Dimensions dimensions) {
        for (byte[][] product : dimensions.products()) {
            products.numberOf(text(product[0]), text(product[1]), text(product[2]), text(product[3]));
            add(productAttributes, product);
        }
        for (byte[][] customer : dimensions.customers()) {
            customers.numberOf(text(customer[0]));
            add(customerAttributes, customer);
        }
    }

    private static UTF8String text(byte[] bytes) {
        return UTF8String.fromBytes(bytes);
    }

    /** The number of a product category. */
    int product(UTF8String affiliate, UTF8String division, UTF8String mainCategory, UTF8String subCategory) {
        int known = products.size();
        int number = products.numberOf(affiliate, division, mainCategory, subCategory);
        if (number == known) {
            add(
                    productAttributes,
                    affiliate.getBytes(),
                    division.getBytes(),
                    mainCategory.getBytes(),
                    subCategory.getBytes());
        }
        return number;
    }

    /** The number of a customer; {@link StringChunkWriter#NOTHING} for null. */
    int customer(UTF8String id) {
        return number(customers, customerAttributes, id);
    }

    /** The number of a store; {@link StringChunkWriter#NOTHING} for null. */
    int store(UTF8String code) {
        return number(stores, storeAttributes, code);
    }

    private static int number(KeyDictionary things, List<EncodedAttribute> attributes, UTF8String key) {
        if (key == null) {
            return StringChunkWriter.NOTHING;
        }
        int known = things.size();
        int number = things.numberOf(key);
        if (number == known) {
            add(attributes, key.getBytes());
        }
        return number;
    }

    /** Adds an entity's strings; of attributes beyond them it has none. */
    private static void add(List<EncodedAttribute> attributes, byte[]... texts) {
        for (int i = 0; i < attributes.size(); i++) {
            attributes.get(i).add(i < texts.length ? texts[i] : null);
        }
    }

    /** Begins the columns of {@code file} that depend on the product. */
    List<StringChunkWriter> productColumns(ColumnarParquetWriter file) {
        return columns(file, SilverTables.PRODUCT_COLUMNS, productAttributes);
    }

    /** Begins the columns of {@code file} that depend on the customer. */
    List<StringChunkWriter> customerColumns(ColumnarParquetWriter file) {
        return columns(file, SilverTables.CUSTOMER_COLUMNS, customerAttributes);
    }

    /** Begins the columns of {@code file} that depend on the store. */
    List<StringChunkWriter> storeColumns(ColumnarParquetWriter file) {
        return columns(file, Dimensions.STORE_COLUMNS, storeAttributes);
    }

    private static List<EncodedAttribute> attributes(List<String> columns) {
        return columns.stream().map(column -> new EncodedAttribute()).toList();
    }

    private static List<StringChunkWriter> columns(
            ColumnarParquetWriter file, List<String> names, List<EncodedAttribute> attributes) {
        List<StringChunkWriter> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(file.texts(names.get(i), attributes.get(i)));
        }
        return columns;
    }
}

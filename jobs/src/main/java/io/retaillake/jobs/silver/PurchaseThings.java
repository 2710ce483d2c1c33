package io.retaillake.jobs.silver;

import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.parquet.Attribute;
import io.retaillake.common.parquet.ParquetTableFile;
import io.retaillake.common.parquet.TextChunk;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The products, customers and stores that a task's purchases name, by numbers, with the columns of {@code silver.purchases} that depend
 * on them. Those that are in no dimension have their codes and no other strings.
 */
final class PurchaseThings {

    private final NumberedKeys products = new NumberedKeys();
    private final NumberedKeys customers = new NumberedKeys();
    private final NumberedKeys stores = new NumberedKeys();
    private final List<Attribute> productAttributes = attributes(SilverTables.PRODUCT_COLUMNS);
    private final List<Attribute> customerAttributes = attributes(SilverTables.CUSTOMER_COLUMNS);
    private final List<Attribute> storeAttributes = attributes(Dimensions.STORE_COLUMNS);

    /** Begins with what the dimensions know. */
    PurchaseThings(Dimensions dimensions) {
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

    /** The number of a customer; {@link TextChunk#NOTHING} for null. */
    int customer(UTF8String id) {
        return number(customers, customerAttributes, id);
    }

    /** The number of a store; {@link TextChunk#NOTHING} for null. */
    int store(UTF8String code) {
        return number(stores, storeAttributes, code);
    }

    private static int number(NumberedKeys things, List<Attribute> attributes, UTF8String key) {
        if (key == null) {
            return TextChunk.NOTHING;
        }
        int known = things.size();
        int number = things.numberOf(key);
        if (number == known) {
            add(attributes, key.getBytes());
        }
        return number;
    }

    /** Adds a thing's strings; of attributes beyond them it has none. */
    private static void add(List<Attribute> attributes, byte[]... texts) {
        for (int i = 0; i < attributes.size(); i++) {
            attributes.get(i).add(i < texts.length ? texts[i] : null);
        }
    }

    /** Begins the columns of {@code file} that depend on the product. */
    List<TextChunk> productColumns(ParquetTableFile file) {
        return columns(file, SilverTables.PRODUCT_COLUMNS, productAttributes);
    }

    /** Begins the columns of {@code file} that depend on the customer. */
    List<TextChunk> customerColumns(ParquetTableFile file) {
        return columns(file, SilverTables.CUSTOMER_COLUMNS, customerAttributes);
    }

    /** Begins the columns of {@code file} that depend on the store. */
    List<TextChunk> storeColumns(ParquetTableFile file) {
        return columns(file, Dimensions.STORE_COLUMNS, storeAttributes);
    }

    private static List<Attribute> attributes(List<String> columns) {
        return columns.stream().map(column -> new Attribute()).toList();
    }

    private static List<TextChunk> columns(ParquetTableFile file, List<String> names, List<Attribute> attributes) {
        List<TextChunk> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(file.texts(names.get(i), attributes.get(i)));
        }
        return columns;
    }
}

package io.retaillake.jobs.silver;

import io.retaillake.common.parquet.ParquetTableFile;
import io.retaillake.common.parquet.TextChunk;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The products, customers and stores that a task's purchases name, with the columns of {@code silver.purchases} that depend on them.
 * Those of which the dimensions know nothing have their codes and no names.
 */
final class PurchaseThings {

    private static final byte[][] NOBODY = new byte[Dimensions.CUSTOMER_COLUMNS.size()][];
    private static final byte[][] NOWHERE = new byte[1][];

    private final NumberedThings<ProductCode> products = new NumberedThings<>();
    private final NumberedThings<UTF8String> customers = new NumberedThings<>();
    private final NumberedThings<UTF8String> stores = new NumberedThings<>();
    private final int nobody;
    private final int nowhere;

    private record ProductCode(
            UTF8String affiliate, UTF8String division, UTF8String mainCategory, UTF8String subCategory) {}

    /** Begins with what the dimensions know. */
    PurchaseThings(Dimensions dimensions) {
        for (byte[][] product : dimensions.products()) {
            products.add(
                    new ProductCode(
                            UTF8String.fromBytes(product[0]),
                            UTF8String.fromBytes(product[1]),
                            UTF8String.fromBytes(product[2]),
                            UTF8String.fromBytes(product[3])),
                    product);
        }
        for (byte[][] customer : dimensions.customers()) {
            customers.add(UTF8String.fromBytes(customer[0]), customer);
        }
        nobody = customers.add(null, NOBODY);
        nowhere = stores.add(null, NOWHERE);
    }

    int product(UTF8String affiliate, UTF8String division, UTF8String mainCategory, UTF8String subCategory) {
        ProductCode code = new ProductCode(affiliate, division, mainCategory, subCategory);
        int number = products.numberOf(code);
        if (number != NumberedThings.UNKNOWN) {
            return number;
        }
        byte[][] texts = new byte[Dimensions.PRODUCT_COLUMNS.size()][];
        texts[0] = affiliate.getBytes();
        texts[1] = division.getBytes();
        texts[2] = mainCategory.getBytes();
        texts[3] = subCategory.getBytes();
        return products.add(
                new ProductCode(affiliate.copy(), division.copy(), mainCategory.copy(), subCategory.copy()), texts);
    }

    /** The number of a customer; null stands for nobody that is known. */
    int customer(UTF8String id) {
        return id == null ? nobody : number(customers, id, NOBODY.length);
    }

    /** The number of a store; null stands for an unknown one. */
    int store(UTF8String code) {
        return code == null ? nowhere : number(stores, code, NOWHERE.length);
    }

    private static int number(NumberedThings<UTF8String> things, UTF8String key, int columns) {
        int number = things.numberOf(key);
        if (number != NumberedThings.UNKNOWN) {
            return number;
        }
        byte[][] texts = new byte[columns][];
        texts[0] = key.getBytes();
        return things.add(key.copy(), texts);
    }

    /** Begins the columns of {@code file} that depend on the product. */
    List<TextChunk> productColumns(ParquetTableFile file) {
        return columns(file, Dimensions.PRODUCT_COLUMNS, products);
    }

    /** Begins the columns of {@code file} that depend on the customer. */
    List<TextChunk> customerColumns(ParquetTableFile file) {
        return columns(file, Dimensions.CUSTOMER_COLUMNS, customers);
    }

    /** Begins the column of {@code file} that has the store. */
    List<TextChunk> storeColumns(ParquetTableFile file) {
        return columns(file, List.of("store_cd"), stores);
    }

    private static List<TextChunk> columns(ParquetTableFile file, List<String> names, NumberedThings<?> things) {
        List<TextChunk> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(file.texts(names.get(i), things.text(i)));
        }
        return columns;
    }
}

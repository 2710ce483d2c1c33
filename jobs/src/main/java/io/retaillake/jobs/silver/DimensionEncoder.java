package io.retaillake.jobs.silver;

import io.retaillake.common.columnar.ColumnarParquetWriter;
import io.retaillake.common.columnar.EncodedAttribute;
import io.retaillake.common.columnar.EncodedKeys;
import io.retaillake.common.columnar.StringChunkWriter;
import io.retaillake.common.columnar.StringDictionary;
import io.retaillake.common.contract.SilverTables;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The products, customers and stores that a task's purchases name, by numbers, with the columns of {@code silver.purchases} that depend
 * on them: those of the shared {@link Dimensions}, which it neither copies nor changes, and those that are in no dimension, which have their
 * codes and no other strings.
 */
final class DimensionEncoder {

    private static final byte[] UNKNOWN = null;

    private final CompositeKey key = new CompositeKey();
    private final EncodedKeys products;
    private final EncodedKeys customers;
    private final EncodedKeys stores = new EncodedKeys(new StringDictionary());
    private final List<EncodedAttribute> productAttributes;
    private final List<EncodedAttribute> profileAttributes;
    private final int[] profiles;
    private int[] profilesOfPage = new int[0];

    /** Begins with what the dimensions know. */
    DimensionEncoder(Dimensions dimensions) {
        products = new EncodedKeys(dimensions.products());
        productAttributes = dimensions.productAttributes().stream()
                .map(EncodedAttribute::extended)
                .toList();
        customers = new EncodedKeys(dimensions.customers());
        profiles = dimensions.profiles();
        profileAttributes = dimensions.profileAttributes();
    }

    /** The number of a product category. */
    int product(UTF8String affiliate, UTF8String division, UTF8String mainCategory, UTF8String subCategory) {
        int known = products.size();
        int number = key.of(affiliate, division, mainCategory, subCategory).numberIn(products);
        if (number == known) {
            byte[][] codes = {affiliate.getBytes(), division.getBytes(), mainCategory.getBytes(), subCategory.getBytes()
            };
            for (int i = 0; i < productAttributes.size(); i++) {
                productAttributes.get(i).add(i < codes.length ? codes[i] : UNKNOWN);
            }
        }
        return number;
    }

    /** The number of a customer; {@link StringChunkWriter#NOTHING} for null. */
    int customer(UTF8String id) {
        return id == null ? StringChunkWriter.NOTHING : customers.numberOf(id);
    }

    /** The number of a store; {@link StringChunkWriter#NOTHING} for null. */
    int store(UTF8String code) {
        return code == null ? StringChunkWriter.NOTHING : stores.numberOf(code);
    }

    /** The profiles of customers by number, {@link StringChunkWriter#NOTHING} of those that no dimension knows; until the next call. */
    int[] profiles(int[] customersOfRows, int rows) {
        if (profilesOfPage.length < rows) {
            profilesOfPage = new int[rows];
        }
        for (int i = 0; i < rows; i++) {
            int customer = customersOfRows[i];
            profilesOfPage[i] =
                    customer >= 0 && customer < profiles.length ? profiles[customer] : StringChunkWriter.NOTHING;
        }
        return profilesOfPage;
    }

    /** Begins the columns of {@code file} that depend on the product. */
    List<StringChunkWriter> productColumns(ColumnarParquetWriter file) {
        return columns(file, SilverTables.PRODUCT_COLUMNS, productAttributes);
    }

    /** Begins the column of {@code file} with the customers' codes. */
    StringChunkWriter customerColumn(ColumnarParquetWriter file) {
        return file.texts(Dimensions.CUSTOMER_COLUMN, customers);
    }

    /** Begins the columns of {@code file} that depend on the customer's profile. */
    List<StringChunkWriter> profileColumns(ColumnarParquetWriter file) {
        return columns(file, Dimensions.PROFILE_COLUMNS, profileAttributes);
    }

    /** Begins the column of {@code file} with the stores' codes. */
    StringChunkWriter storeColumn(ColumnarParquetWriter file) {
        return file.texts(Dimensions.STORE_COLUMN, stores);
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

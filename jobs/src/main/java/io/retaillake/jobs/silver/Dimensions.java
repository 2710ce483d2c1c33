package io.retaillake.jobs.silver;

import io.retaillake.common.columnar.EncodedAttribute;
import io.retaillake.common.columnar.StringDictionary;
import io.retaillake.common.contract.SilverTables;
import java.io.Serializable;
import java.util.List;

/**
 * What is known of products, customers and places, encoded, as all tasks of a process share it: each code is a number, and each different
 * string is there once. Customers with the same strings but for their codes have one profile, of which there are as many as sexes, age
 * groups and residences go together. It takes about 50 bytes a customer and 100 a product, and is not changed once it is made.
 */
final class Dimensions implements Serializable {

    private static final long serialVersionUID = 1;

    /** The columns of {@code silver.purchases} that a customer has in common with others. */
    static final List<String> PROFILE_COLUMNS =
            SilverTables.CUSTOMER_COLUMNS.subList(1, SilverTables.CUSTOMER_COLUMNS.size());

    /** The column of {@code silver.purchases} that customers are known by. */
    static final String CUSTOMER_COLUMN = SilverTables.CUSTOMER_COLUMNS.get(0);

    /** The column of {@code silver.purchases} that tells of the store, of which nothing else is known. */
    static final String STORE_COLUMN = "store_cd";

    private final StringDictionary products;
    private final List<EncodedAttribute> productAttributes;
    private final StringDictionary customers;
    private final int[] profiles;
    private final List<EncodedAttribute> profileAttributes;

    /**
     * Keeps all of it.
     *
     * @param products the products by the {@link CompositeKey}s of their codes
     * @param productAttributes of each product, one for each of {@link SilverTables#PRODUCT_COLUMNS}
     * @param customers the customers by their codes
     * @param profiles of each customer
     * @param profileAttributes of each profile, one for each of {@link #PROFILE_COLUMNS}
     */
    Dimensions(
            StringDictionary products,
            List<EncodedAttribute> productAttributes,
            StringDictionary customers,
            int[] profiles,
            List<EncodedAttribute> profileAttributes) {
        this.products = products;
        this.productAttributes = productAttributes;
        this.customers = customers;
        this.profiles = profiles;
        this.profileAttributes = profileAttributes;
    }

    /** An attribute, of nothing yet, for each of some columns. */
    static List<EncodedAttribute> attributes(List<String> columns) {
        return columns.stream().map(column -> new EncodedAttribute()).toList();
    }

    StringDictionary products() {
        return products;
    }

    List<EncodedAttribute> productAttributes() {
        return productAttributes;
    }

    StringDictionary customers() {
        return customers;
    }

    int[] profiles() {
        return profiles;
    }

    List<EncodedAttribute> profileAttributes() {
        return profileAttributes;
    }
}

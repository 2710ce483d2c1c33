package io.retaillake.jobs.silver;

import io.retaillake.common.columnar.EncodedAttribute;
import io.retaillake.common.columnar.StringDictionary;
import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.publish.StringRows;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.unsafe.types.UTF8String;

/** Encodes {@link Dimensions}, row by row, as long as they take no more memory than they may. */
final class DimensionsBuilder {

    private static final List<String> CUSTOMER_STRINGS = List.of("customer_id", "sex", "age_group", "residence");
    private static final int[] CUSTOMER_FIELDS = fields(CUSTOMER_STRINGS, BronzeTables.CUSTOMER.columnNames());
    private static final int[] PRODUCT_FIELDS =
            fields(SilverTables.PRODUCT_COLUMNS, BronzeTables.PRODUCTS_INFO.columnNames());
    private static final List<String> PLACE_COLUMNS =
            Dimensions.PROFILE_COLUMNS.subList(CUSTOMER_STRINGS.size() - 1, Dimensions.PROFILE_COLUMNS.size());

    /** What a customer takes at least: a code of eight bytes, where it is, its hash's slots and the profile. */
    private static final long LEAST_BYTES_OF_CUSTOMER = 40;

    /** To add up the bytes of all arrays for every row would take longer than to encode it. */
    private static final int ROWS_PER_MEASUREMENT = 10_000;

    private final long mostBytes;
    private final Map<String, List<String>> placesOfAreas = new HashMap<>();
    private final CompositeKey key = new CompositeKey();
    private final StringDictionary products = new StringDictionary();
    private final List<EncodedAttribute> productAttributes = Dimensions.attributes(SilverTables.PRODUCT_COLUMNS);
    private final StringDictionary profileKeys = new StringDictionary();
    private final List<EncodedAttribute> profileAttributes = Dimensions.attributes(Dimensions.PROFILE_COLUMNS);
    private StringDictionary customers = new StringDictionary();
    private int[] profiles = new int[64];
    private long rows;
    private boolean isTooLarge;

    /**
     * Begins with places.
     *
     * @param regions one row an area
     */
    DimensionsBuilder(StringRows regions, long mostBytes) {
        this.mostBytes = mostBytes;
        List<List<String>> areas = regions.select(List.of("short_zipcode"));
        List<List<String>> places = regions.select(PLACE_COLUMNS);
        for (int i = 0; i < places.size(); i++) {
            placesOfAreas.put(areas.get(i).get(0), places.get(i));
        }
    }

    private static int[] fields(List<String> columns, List<String> all) {
        return columns.stream().mapToInt(all::indexOf).toArray();
    }

    /** Says how many customers there will be, for whom there is room from then on; too many are found to be so here. */
    void expectCustomers(long expected) {
        if (expected > mostBytes / LEAST_BYTES_OF_CUSTOMER) {
            isTooLarge = true;
            return;
        }
        customers = new StringDictionary((int) expected);
        profiles = new int[(int) expected];
    }

    /** Adds a row of {@code bronze.products_info}; of rows with the same key, one is enough to be refused by others. */
    void addProduct(List<String> row) {
        if (isTooLarge()) {
            return;
        }
        List<String> product = texts(row, PRODUCT_FIELDS);
        int known = products.size();
        int number = key.of(utf8(product.get(0)), utf8(product.get(1)), utf8(product.get(2)), utf8(product.get(3)))
                .numberIn(products);
        if (number == known) {
            add(productAttributes, product);
        }
    }

    /** Adds a row of {@code bronze.customer}, likewise. */
    void addCustomer(List<String> row) {
        if (isTooLarge()) {
            return;
        }
        List<String> customer = texts(row, CUSTOMER_FIELDS);
        byte[] code = customer.get(0).getBytes(StandardCharsets.UTF_8);
        int known = customers.size();
        int number = customers.numberOf(code, 0, code.length);
        if (number == known) {
            if (number == profiles.length) {
                profiles = Arrays.copyOf(profiles, Math.max(64, Math.multiplyExact(2, number)));
            }
            profiles[number] = profileOf(customer.get(1), customer.get(2), customer.get(3));
        }
    }

    private int profileOf(String sex, String ageGroup, String residence) {
        int known = profileKeys.size();
        int number = key.of(utf8(sex), utf8(ageGroup), utf8(residence), null).numberIn(profileKeys);
        if (number == known) {
            List<String> places = placesOfAreas.get(residence);
            String[] profile =
                    Arrays.copyOf(new String[] {sex, ageGroup, residence}, Dimensions.PROFILE_COLUMNS.size());
            for (int i = 0; places != null && i < places.size(); i++) {
                profile[CUSTOMER_STRINGS.size() - 1 + i] = places.get(i);
            }
            add(profileAttributes, Arrays.asList(profile));
        }
        return number;
    }

    private static List<String> texts(List<String> row, int[] fields) {
        return Arrays.stream(fields).mapToObj(row::get).toList();
    }

    private static void add(List<EncodedAttribute> attributes, List<String> texts) {
        for (int i = 0; i < attributes.size(); i++) {
            String text = texts.get(i);
            attributes.get(i).add(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static UTF8String utf8(String text) {
        return UTF8String.fromString(text);
    }

    private boolean isTooLarge() {
        if (!isTooLarge && rows % ROWS_PER_MEASUREMENT == 0) {
            isTooLarge = memoryBytes() > mostBytes;
        }
        rows++;
        return isTooLarge;
    }

    private long memoryBytes() {
        long bytes = products.memoryBytes()
                + customers.memoryBytes()
                + (long) Integer.BYTES * profiles.length
                + profileKeys.memoryBytes();
        for (EncodedAttribute attribute : productAttributes) {
            bytes += attribute.memoryBytes();
        }
        for (EncodedAttribute attribute : profileAttributes) {
            bytes += attribute.memoryBytes();
        }
        return bytes;
    }

    /** What was added; nothing where it takes more memory than it may. */
    Optional<Dimensions> build() {
        if (isTooLarge || memoryBytes() > mostBytes) {
            return Optional.empty();
        }
        products.trim();
        customers.trim();
        return Optional.of(new Dimensions(
                products, productAttributes, customers, Arrays.copyOf(profiles, customers.size()), profileAttributes));
    }
}

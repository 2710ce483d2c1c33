package io.retaillake.generator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One row of products_info: a product category of one affiliate. */
record Product(
        Affiliate affiliate,
        String division,
        String mainCategory,
        String subCategory,
        String mainName,
        String subName) {

    private static final Pattern BAR = Pattern.compile("\\|");
    private static final List<List<String>> CATEGORIES = categories();

    /** All products of an affiliate: each sub category plain, then once per qualifier, until there are enough. */
    static List<Product> of(Affiliate affiliate) {
        List<Product> products = new ArrayList<>();
        Map<Integer, Integer> inCategory = new TreeMap<>();
        for (int round = 0; products.size() < affiliate.products; round++) {
            int before = products.size();
            for (int i = 0; i < CATEGORIES.size() && products.size() < affiliate.products; i++) {
                List<String> category = CATEGORIES.get(i);
                String[] qualifiers = BAR.split(category.get(2), -1);
                if (!category.get(0).contains(affiliate.name()) || round > qualifiers.length) {
                    continue;
                }
                String mainCode = category.get(1) + twoDigits(i + 1);
                for (String name : BAR.split(category.get(4), -1)) {
                    if (products.size() == affiliate.products) {
                        break;
                    }
                    int number = inCategory.merge(i, 1, Integer::sum);
                    String subCode = affiliate.name() + mainCode + (1000 + number);
                    String subName = round == 0 ? name : name + "(" + qualifiers[round - 1] + ")";
                    products.add(new Product(affiliate, category.get(1), mainCode, subCode, category.get(3), subName));
                }
            }
            if (products.size() == before) {
                throw new IllegalStateException(
                        "categories.csv yields only " + before + " products of affiliate " + affiliate + ".");
            }
        }
        return List.copyOf(products);
    }

    static List<Product> all() {
        return Stream.of(Affiliate.values())
                .flatMap(affiliate -> of(affiliate).stream())
                .toList();
    }

    static void write(CopyText out) {
        Set<String> codes = new HashSet<>();
        for (Product product : all()) {
            if (!codes.add(product.subCategory)) {
                throw new IllegalStateException("The product " + product + " exists twice.");
            }
            out.text(product.affiliate.name())
                    .text(product.division)
                    .text(product.mainCategory)
                    .text(product.subCategory)
                    .text(product.mainName)
                    .text(product.subName)
                    .endRow();
        }
    }

    private static List<List<String>> categories() {
        return GeneratorResources.text("categories.csv")
                .lines()
                .skip(1)
                .map(line -> List.of(line.split(",", -1)))
                .toList();
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}

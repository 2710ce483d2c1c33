package io.retaillake.generator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What an affiliate sells, at which prices, in which stores and to whom; immutable. */
final class Shop {

    final Affiliate affiliate;
    final List<Product> products;
    private final byte[] code;
    private final byte[][] productKeys;
    private final byte[][] storeCodes;
    private final double[] pricesKrw;
    private final int[] homeStores;
    private final WeightedChoice product;
    private final WeightedChoice store;
    private final WeightedChoice customer;

    private static final WeightedChoice QUANTITY = new WeightedChoice(0, 75, 18, 4, 2, 1);

    /** @param loyalty how much each customer buys in the group */
    Shop(Affiliate affiliate, double[] loyalty, SplittableRandom random) {
        this.affiliate = affiliate;
        products = Product.of(affiliate);
        code = ascii(affiliate.name());
        productKeys = products.stream()
                .map(p -> ascii(p.division() + "\t" + p.mainCategory() + "\t" + p.subCategory()))
                .toArray(byte[][]::new);
        storeCodes = new byte[affiliate.stores][];
        Arrays.setAll(storeCodes, i -> ascii(affiliate.storeCode(i)));
        pricesKrw = new double[products.size()];
        for (int i = 0; i < pricesKrw.length; i++) {
            double spread = 1.4 * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5);
            pricesKrw[i] = affiliate.medianPriceKrw * StrictMath.exp(spread);
        }
        double[] customers = new double[loyalty.length];
        for (int i = 0; i < customers.length; i++) {
            // Some never buy at this affiliate.
            customers[i] = random.nextInt(100) < 12 ? 0 : loyalty[i] * (0.1 + 1.9 * random.nextDouble());
        }
        customer = new WeightedChoice(customers);
        store = new WeightedChoice(WeightedChoice.zipf(affiliate.stores, 0.7, 2, random));
        product = new WeightedChoice(WeightedChoice.zipf(products.size(), 1.0, 6, random));
        homeStores = new int[loyalty.length];
        Arrays.setAll(homeStores, i -> store.draw(random));
    }

    int drawProduct(SplittableRandom random) {
        return product.draw(random);
    }

    int drawCustomer(SplittableRandom random) {
        return customer.draw(random);
    }

    /** Mostly the customer's home store; any popular one for a customer below 0, who is not known. */
    int drawStore(int customerIndex, SplittableRandom random) {
        boolean atHome = customerIndex >= 0 && random.nextInt(10) < 7;
        return atHome ? homeStores[customerIndex] : store.draw(random);
    }

    /** Whole tens of KRW; two in a hundred have a fraction, some of those a half of the last digit of a decimal(15,2). */
    long drawAmountThousandths(int productIndex, SplittableRandom random) {
        double price = pricesKrw[productIndex] * QUANTITY.draw(random) * (0.85 + 0.3 * random.nextDouble());
        long amount = Math.max(1, Math.round(price / 10)) * 10_000;
        int halfPercent = random.nextInt(200);
        if (halfPercent < 3) {
            return amount + 10L * (1 + random.nextInt(99));
        }
        return halfPercent == 3 ? amount + 5L + 10L * random.nextInt(100) : amount;
    }

    byte[] code() {
        return code;
    }

    /** The three category codes of a product, with tabs between them. */
    byte[] productKey(int productIndex) {
        return productKeys[productIndex];
    }

    byte[] storeCode(int storeIndex) {
        return storeCodes[storeIndex];
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

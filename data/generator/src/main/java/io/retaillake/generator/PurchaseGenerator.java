package io.retaillake.generator;

import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Generates purchases, a day at a time. A day's rows depend on the options and the day only, so days can be made in any
 * order and by any number of threads; an instance is immutable.
 */
final class PurchaseGenerator {

    /** Lines of a receipt: from 1 on, 2.9 on average. */
    private static final WeightedChoice LINES = new WeightedChoice(31, 22, 16, 11, 7, 5, 3, 2, 1, 1, 0.5, 0.5);

    private static final int FIRST_HOUR = 9;

    /** From the first hour on: shops are fullest before dinner. */
    private static final WeightedChoice HOUR =
            new WeightedChoice(2, 5, 7, 7.5, 7, 7.5, 8.5, 9.5, 10.5, 10.5, 9.5, 7.5, 4.5, 2, 0.5);

    private static final WeightedChoice SHOP = new WeightedChoice(
            Stream.of(Affiliate.values()).mapToDouble(a -> a.share).toArray());

    private final GeneratorOptions options;
    private final List<Shop> shops;
    private final byte[][] customerIds = new byte[GeneratorOptions.CUSTOMERS][];

    PurchaseGenerator(GeneratorOptions options) {
        this.options = options;
        SplittableRandom random = Seeds.random(options.seed(), Seeds.POPULARITY, 0);
        double[] loyalty = WeightedChoice.zipf(GeneratorOptions.CUSTOMERS, 0.8, 20, random);
        shops = Stream.of(Affiliate.values())
                .map(affiliate -> new Shop(affiliate, loyalty, random))
                .toList();
        Arrays.setAll(customerIds, customer -> ascii(Customers.id(customer)));
    }

    /** The rows that {@link #writeDay} writes. */
    long rowsOn(int day) {
        return SalesCalendar.rowsBefore(day + 1, options.cleanRows())
                - SalesCalendar.rowsBefore(day, options.cleanRows())
                + SalesCalendar.rowsBefore(day + 1, options.dirtyRows())
                - SalesCalendar.rowsBefore(day, options.dirtyRows());
    }

    /** Writes the day's purchases, receipt by receipt, then its dirty ones. */
    void writeDay(int day, CopyText out) {
        byte[] date = ascii(date(day));
        SplittableRandom random = Seeds.random(options.seed(), Seeds.PURCHASES, day);
        long firstRow = SalesCalendar.rowsBefore(day, options.cleanRows());
        long rows = SalesCalendar.rowsBefore(day + 1, options.cleanRows()) - firstRow;
        // No day has more receipts than rows, so numbers that start at the day's first row never meet the next day's.
        for (long receipt = firstRow + 1; rows > 0; receipt++) {
            int lines = (int) Math.min(LINES.draw(random) + 1, rows);
            writeReceipt(receipt, lines, date, random, out);
            rows -= lines;
        }
        long dirtyEnd = SalesCalendar.rowsBefore(day + 1, options.dirtyRows());
        SplittableRandom dirtyRandom = Seeds.random(options.seed(), Seeds.DIRTY_PURCHASES, day);
        for (long dirty = SalesCalendar.rowsBefore(day, options.dirtyRows()); dirty < dirtyEnd; dirty++) {
            PurchaseRow row = cleanRow(options.cleanRows() + 1 + dirty, day, dirtyRandom);
            Defect.ALL.get((int) (dirty % Defect.ALL.size())).spoil().accept(row);
            row.write(out);
        }
    }

    private void writeReceipt(long receipt, int lines, byte[] date, SplittableRandom random, CopyText out) {
        Shop shop = shops.get(SHOP.draw(random));
        int customer = random.nextInt(1000) < 45 ? -1 : shop.drawCustomer(random);
        int store = shop.drawStore(customer, random);
        boolean storeUnknown = random.nextInt(2000) == 0;
        int hour = FIRST_HOUR + HOUR.draw(random);
        int sign = random.nextInt(1000) < 8 ? -1 : 1;
        int[] products = new int[lines];
        for (int line = 0; line < lines; line++) {
            int product = productNotAmong(products, line, shop, random);
            products[line] = product;
            out.raw(shop.code())
                    .number(receipt, 8)
                    .raw(shop.productKey(product))
                    .raw(customer < 0 ? CopyText.NULL : customerIds[customer])
                    .raw(storeUnknown ? CopyText.NULL : shop.storeCode(store))
                    .raw(date)
                    .number(hour, 2)
                    .thousandths(sign * shop.drawAmountThousandths(product, random))
                    .endRow();
        }
    }

    private static int productNotAmong(int[] products, int count, Shop shop, SplittableRandom random) {
        while (true) {
            int product = shop.drawProduct(random);
            boolean isNew = true;
            for (int i = 0; i < count; i++) {
                isNew &= products[i] != product;
            }
            if (isNew) {
                return product;
            }
        }
    }

    private PurchaseRow cleanRow(long receipt, int day, SplittableRandom random) {
        Shop shop = shops.get(SHOP.draw(random));
        int product = shop.drawProduct(random);
        int customer = shop.drawCustomer(random);
        PurchaseRow row = new PurchaseRow();
        row.affiliate = shop.affiliate.name();
        row.receiptNo = new CopyText().number(receipt, 8).toString();
        row.division = shop.products.get(product).division();
        row.mainCategory = shop.products.get(product).mainCategory();
        row.subCategory = shop.products.get(product).subCategory();
        row.customerId = Customers.id(customer);
        row.store = shop.affiliate.storeCode(shop.drawStore(customer, random));
        row.date = date(day);
        row.hour = Integer.toString(FIRST_HOUR + 1 + random.nextInt(12));
        row.amount = new CopyText()
                .thousandths(shop.drawAmountThousandths(product, random))
                .toString();
        return row;
    }

    private static String date(int day) {
        return SalesCalendar.FIRST_DAY.plusDays(day).format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

package io.retaillake.jobs.silver;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Purchases of one affiliate's month that wait to be a page of its file. It begins small and doubles: 29 bytes a row, the receipt's number
 * and what bronze's columns are passed on take, and room for as much again.
 */
final class BufferedPurchases {

    /** In place of an hour: it is not known. */
    static final int NO_HOUR = -1;

    private static final int INITIAL_ROWS = 16;
    private static final int INITIAL_RECEIPT_BYTES = 16;

    private final int mostRows;
    private final int mostBytes;
    private final PassedValues passed = new PassedValues(INITIAL_ROWS);
    private int[] products = new int[INITIAL_ROWS];
    private int[] customers = new int[INITIAL_ROWS];
    private int[] stores = new int[INITIAL_ROWS];
    private int[] days = new int[INITIAL_ROWS];
    private byte[] hours = new byte[INITIAL_ROWS];
    private long[] cents = new long[INITIAL_ROWS];
    private int[] receiptEnds = new int[INITIAL_ROWS];
    private byte[] receipts = new byte[INITIAL_ROWS * INITIAL_RECEIPT_BYTES];
    private int rows;

    /** A page of so many rows, and of about so many bytes of receipt numbers, at most. */
    BufferedPurchases(int mostRows, int mostBytes) {
        this.mostRows = mostRows;
        this.mostBytes = mostBytes;
    }

    /**
     * Adds a purchase.
     *
     * @param purchase the parsed row, whose further columns are taken as they are
     * @param product the number of the product category, as customer and store by {@link DimensionEncoder}
     * @param day days since 1970
     * @param hour of the day; {@link #NO_HOUR} where unknown
     */
    void add(
            InternalRow purchase,
            UTF8String receipt,
            int product,
            int customer,
            int store,
            int day,
            int hour,
            long amountCents) {
        if (rows == products.length) {
            grow();
        }
        addReceipt(receipt);
        products[rows] = product;
        customers[rows] = customer;
        stores[rows] = store;
        days[rows] = day;
        hours[rows] = (byte) hour;
        cents[rows] = amountCents;
        passed.set(rows, purchase);
        rows++;
    }

    private void addReceipt(UTF8String receipt) {
        int start = receiptBytes();
        int end = start + receipt.numBytes();
        if (end > receipts.length) {
            receipts = Arrays.copyOf(receipts, Math.max(2 * receipts.length, end));
        }
        receipt.writeToMemory(receipts, Platform.BYTE_ARRAY_OFFSET + start);
        receiptEnds[rows] = end;
    }

    private int receiptBytes() {
        return rows == 0 ? 0 : receiptEnds[rows - 1];
    }

    private void grow() {
        int room = Math.min(mostRows, 2 * rows);
        products = Arrays.copyOf(products, room);
        customers = Arrays.copyOf(customers, room);
        stores = Arrays.copyOf(stores, room);
        days = Arrays.copyOf(days, room);
        hours = Arrays.copyOf(hours, room);
        cents = Arrays.copyOf(cents, room);
        receiptEnds = Arrays.copyOf(receiptEnds, room);
        passed.grow(room);
    }

    /** Whether the page has as many rows or bytes as it should. */
    boolean isFull() {
        return rows >= mostRows || receiptBytes() >= mostBytes;
    }

    int rows() {
        return rows;
    }

    int[] products() {
        return products;
    }

    int[] customers() {
        return customers;
    }

    int[] stores() {
        return stores;
    }

    int[] days() {
        return days;
    }

    /** {@link #NO_HOUR} where unknown. */
    byte[] hours() {
        return hours;
    }

    long[] cents() {
        return cents;
    }

    /** The receipts' numbers in UTF-8, one behind the other. */
    byte[] receipts() {
        return receipts;
    }

    /** Where each receipt's number ends. */
    int[] receiptEnds() {
        return receiptEnds;
    }

    PassedValues passed() {
        return passed;
    }

    /** Forgets the rows. */
    void clear() {
        rows = 0;
    }
}

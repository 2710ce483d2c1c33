package io.retaillake.generator;

/** The group's four affiliates: a department store, a hypermarket, a supermarket chain and a drugstore chain. */
enum Affiliate {
    A(0.21, 60, 1_700, 42_000),
    B(0.44, 130, 1_430, 6_800),
    C(0.27, 380, 836, 4_300),
    D(0.08, 210, 420, 8_900);

    /** Its part of all receipts. */
    final double share;

    final int stores;
    final int products;

    /** The middle price of its products, in KRW. */
    final double medianPriceKrw;

    Affiliate(double share, int stores, int products, double medianPriceKrw) {
        this.share = share;
        this.stores = stores;
        this.products = products;
        this.medianPriceKrw = medianPriceKrw;
    }

    /** The code of its n-th store, from 0. */
    String storeCode(int store) {
        return name() + (1001 + store);
    }
}

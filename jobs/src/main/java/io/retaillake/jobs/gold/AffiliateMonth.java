package io.retaillake.jobs.gold;

import java.io.Serializable;
import java.time.YearMonth;

/** What {@code silver.purchases} is partitioned by. */
record AffiliateMonth(String affiliate, YearMonth month) implements Serializable {}

package io.retaillake.jobs.silver;

import io.retaillake.common.job.JobException;
import io.retaillake.common.publish.Check;
import io.retaillake.common.publish.StringRows;
import java.util.List;
import java.util.Optional;

/**
 * The dimensions of bronze, read once and found to be what was published.
 *
 * @param regions the rows of {@code silver.regions}
 * @param encoded all of them; nothing where they would take more memory than they may
 * @param checks that products and customers have unique keys, which they have
 */
record DimensionsRead(StringRows regions, Optional<Dimensions> encoded, List<Check> checks) {

    /**
     * Reads them, in this process.
     *
     * @param mostBytes how much memory they may take when they are encoded
     * @throws JobException exit code 3 when a key of several rows would multiply purchases, 4 when bronze's files have changed
     */
    static DimensionsRead of(BronzeInputs bronze, long mostBytes) {
        Regions places = new Regions();
        bronze.zipcode().read(places::add);
        StringRows regions = places.rows();
        DimensionsBuilder encoder = new DimensionsBuilder(regions, mostBytes);
        Check uniqueProducts = DimensionKeys.requireUnique(bronze.products().read(encoder::addProduct));
        encoder.expectCustomers(bronze.customers().rows().expectedRows());
        Check uniqueCustomers = DimensionKeys.requireUnique(bronze.customers().read(encoder::addCustomer));
        return new DimensionsRead(regions, encoder.build(), List.of(uniqueProducts, uniqueCustomers));
    }
}

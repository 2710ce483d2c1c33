package io.retaillake.common.lake;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Failures;
import io.retaillake.common.job.JobException;
import java.util.Optional;

/**
 * Where a table must lie. A catalog that was copied or moved with its lake, or belongs to another one, names tables of another
 * lake: who worked on them would read, change or remove what is not in this one.
 *
 * @param contract the table
 * @param root of the lake
 */
record TablePlace(TableContract contract, String root) {

    /** The table's folder. */
    String folder() {
        return root + "/" + contract.folder();
    }

    boolean isOwn(String location) {
        return Locations.areSame(folder(), location);
    }

    /**
     * Requires that the table lies here.
     *
     * @throws JobException exit code 2 naming both places
     */
    void requireOwn(String location) {
        if (!isOwn(location)) {
            throw elsewhere(location);
        }
    }

    /** The failure to report if the table's metadata could not be read, and does not lie here either. */
    Optional<JobException> explain(Throwable failure) {
        return Failures.causes(failure)
                .flatMap(cause -> DamagedTable.fileIn(String.valueOf(cause.getMessage()), contract).stream())
                .map(file -> file.substring(
                        0, file.indexOf(contract.folder()) + contract.folder().length()))
                .filter(location -> !isOwn(location))
                .findFirst()
                .map(this::elsewhere);
    }

    /** The failure to report of a table that lies in {@code location}. */
    JobException elsewhere(String location) {
        String folder = Locations.normalized(location);
        String other = folder.endsWith("/" + contract.folder())
                ? folder.substring(0, folder.length() - contract.folder().length() - 1)
                : folder;
        return JobException.badArguments(contract + " lies in " + folder + ", and not in the lake " + root
                + ".\nWas the lake copied, restored or moved from " + other + " to " + root
                + ", or is the catalog another lake's? Nothing was touched: what works on this table would read and change"
                + " what lies in the other place.\nName the lake that is meant (--lake " + other
                + "), or its catalog (--catalog, --catalog-file); or, where these files are to be a lake of their own, have"
                + " their paths rewritten: CheckLake --lake " + root + " --relocate.");
    }
}

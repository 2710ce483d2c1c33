package io.retaillake.common.run;

import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops, at its end, the Spark that was started since its beginning; one that was there before is its owner's to stop. A
 * Spark that still runs when the process ends takes its executors down with pages of errors.
 */
final class SparkLifetime {

    private static final Logger LOG = LoggerFactory.getLogger(SparkLifetime.class);

    private final boolean wasThere;

    private SparkLifetime(boolean wasThere) {
        this.wasThere = wasThere;
    }

    static SparkLifetime begin() {
        return new SparkLifetime(SparkSession.getDefaultSession().isDefined());
    }

    /** Stops it; a failure to do so is no failure of the job. */
    void end() {
        if (wasThere || SparkSession.getDefaultSession().isEmpty()) {
            return;
        }
        try {
            SparkSession.getDefaultSession().get().stop();
        } catch (RuntimeException e) {
            LOG.warn("Spark did not stop cleanly", e);
        }
    }
}

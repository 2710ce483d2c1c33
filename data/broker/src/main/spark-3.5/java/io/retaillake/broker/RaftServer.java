package io.retaillake.broker;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import scala.Option;

/** Kafka's server, which the Kafka that Spark 4.1 comes with makes otherwise: this is for Spark 3.5. */
final class RaftServer {

    private RaftServer() {}

    /** Not started yet. */
    static KafkaRaftServer of(KafkaConfig config) {
        return new KafkaRaftServer(config, Time.SYSTEM, Option.apply(null));
    }
}

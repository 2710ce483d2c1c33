package io.retaillake.executions;

import java.net.URI;

/**
 * Which state machine, and how to reach AWS.
 *
 * @param stateMachine its ARN or name
 * @param region null for the ARN's, else the environment's or the profile's
 * @param profile null for the SDK's choice
 * @param endpoint null for AWS's own
 */
record Connection(String stateMachine, String region, String profile, URI endpoint) {}

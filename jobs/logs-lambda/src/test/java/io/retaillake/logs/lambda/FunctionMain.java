package io.retaillake.logs.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;

/**
 * Stands in for Lambda's runtime: makes the handler of a name by its constructor without parameters and calls it once for each line of standard input.
 * Needs the function's jar and this class. An exception is printed whole and ends it, as it ends an environment's call.
 */
public final class FunctionMain {

    private static final int TIMEOUT_MILLIS = 170_000;

    private FunctionMain() {}

    /** The handler's class is the one argument. */
    public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
        RequestStreamHandler handler = Class.forName(arguments[0])
                .asSubclass(RequestStreamHandler.class)
                .getConstructor()
                .newInstance();
        BufferedReader calls = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String call = calls.readLine(); call != null; call = calls.readLine()) {
            long began = System.nanoTime();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            handler.handleRequest(
                    new ByteArrayInputStream(call.getBytes(StandardCharsets.UTF_8)),
                    answer,
                    context(began + TIMEOUT_MILLIS * 1_000_000L));
            System.out.println("answer " + answer.toString(StandardCharsets.UTF_8));
            System.out.println("call of " + (System.nanoTime() - began) / 1_000_000 + " ms, ended "
                    + (System.currentTimeMillis()
                            - ManagementFactory.getRuntimeMXBean().getStartTime())
                    + " ms after the JVM's start");
        }
    }

    /** Of Lambda's context, the function uses the log and the time that is left. */
    private static Context context(long deadlineNanos) {
        LambdaLogger logger = new LambdaLogger() {
            @Override
            public void log(String message) {
                System.out.print(message);
            }

            @Override
            public void log(byte[] message) {
                log(new String(message, StandardCharsets.UTF_8));
            }
        };
        return (Context) Proxy.newProxyInstance(
                FunctionMain.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getLogger" -> logger;
                    case "getRemainingTimeInMillis" -> (int) ((deadlineNanos - System.nanoTime()) / 1_000_000);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}

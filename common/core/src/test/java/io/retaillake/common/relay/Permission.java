package io.retaillake.common.relay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retaillake.common.relay.RecordingRelay.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What IAM must allow for a request, by AWS's service authorization reference.
 *
 * @param action the action, as policies name it
 * @param resource the ARN
 */
public record Permission(String action, String resource) {

    /** The region of the ARNs. */
    public static final String REGION = "ap-northeast-2";

    private static final String CATALOG = "arn:aws:glue:" + REGION + ":123456789012:";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");

    /** What a request to S3 needs whose path starts with the bucket. */
    public static List<Permission> ofS3(Request request) {
        String[] target = request.target().split("\\?", 2);
        String object = decoded(target[0].substring(1)).replaceAll("/$", "");
        String query = target.length < 2 ? "" : "&" + target[1];
        if (!object.contains("/")) {
            return ofBucket(request, object, query);
        }
        return switch (request.method()) {
            case "GET", "HEAD" -> List.of(s3("GetObject", object));
            case "POST" -> List.of(s3("PutObject", object));
            case "PUT" -> ofUpload(request, object);
            case "DELETE" ->
                List.of(s3(query.contains("&uploadId=") ? "AbortMultipartUpload" : "DeleteObject", object));
            default -> throw unknown(request);
        };
    }

    private static List<Permission> ofBucket(Request request, String bucket, String query) {
        if (request.method().equals("HEAD")) {
            return List.of(s3("ListBucket", bucket));
        }
        if (request.method().equals("GET") && query.contains("&location")) {
            return List.of(s3("GetBucketLocation", bucket));
        }
        if (request.method().equals("GET") && (query.contains("&list-type=2") || query.contains("&prefix="))) {
            return List.of(s3("ListBucket", bucket));
        }
        if (request.method().equals("POST") && query.contains("&delete")) {
            return KEY.matcher(request.body())
                    .results()
                    .map(key -> s3("DeleteObject", bucket + "/" + key.group(1)))
                    .toList();
        }
        throw unknown(request);
    }

    private static List<Permission> ofUpload(Request request, String object) {
        List<Permission> needed = new ArrayList<>(List.of(s3("PutObject", object)));
        String source = request.headers().get("x-amz-copy-source");
        if (source != null) {
            needed.add(s3("GetObject", decoded(source).replaceFirst("^/", "")));
        }
        return needed;
    }

    /** What a request to a service needs that names its operation in a header: the Data Catalog or Secrets Manager. */
    public static List<Permission> ofOperation(Request request) {
        JsonNode body = json(request.body());
        String operation = request.headers().get("x-amz-target");
        String database = body.path("DatabaseName").asText();
        return switch (operation) {
            case "AWSGlue.GetDatabase" ->
                glue("GetDatabase", "database/" + body.path("Name").asText());
            case "AWSGlue.GetTable" ->
                glue(
                        "GetTable",
                        "database/" + database,
                        "table/" + database + "/" + body.path("Name").asText());
            case "AWSGlue.GetTables" -> glue("GetTables", "database/" + database, "table/" + database + "/*");
            case "AWSGlue.CreateTable", "AWSGlue.UpdateTable" ->
                glue(
                        operation.substring("AWSGlue.".length()),
                        "database/" + database,
                        "table/" + database + "/"
                                + body.path("TableInput").path("Name").asText());
            case "secretsmanager.GetSecretValue" ->
                List.of(new Permission(
                        "secretsmanager:GetSecretValue", body.path("SecretId").asText()));
            default -> throw unknown(request);
        };
    }

    /** The Data Catalog asks for its own ARN and the database's beside the table's. */
    private static List<Permission> glue(String operation, String... resources) {
        List<Permission> needed = new ArrayList<>(List.of(new Permission("glue:" + operation, CATALOG + "catalog")));
        for (String resource : resources) {
            needed.add(new Permission("glue:" + operation, CATALOG + resource));
        }
        return needed;
    }

    private static Permission s3(String operation, String resource) {
        return new Permission("s3:" + operation, "arn:aws:s3:::" + resource);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String decoded(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException unknown(Request request) {
        return new IllegalArgumentException("what does this request need? " + request.method() + " " + request.target()
                + " " + request.headers().get("x-amz-target"));
    }
}

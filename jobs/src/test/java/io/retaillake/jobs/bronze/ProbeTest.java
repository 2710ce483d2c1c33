package io.retaillake.jobs.bronze;

import io.retaillake.common.job.JobMain;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTest {
    @TempDir
    Path folder;

    @Test
    void probe() throws Exception {
        System.setProperty("spark.master", "local[2,4]");
        System.setProperty("spark.ui.enabled", "false");
        try (EmbeddedPostgres pg = EmbeddedPostgres.builder().start()) {
            try (Connection c = pg.getPostgresDatabase().getConnection();
                    Statement s = c.createStatement()) {
                s.execute("create schema retail");
                s.execute(
                        "create table retail.customer(customer_id varchar(10) primary key, sex varchar(5) not null, age_group varchar(15) not null, residence varchar(10))");
                s.execute(
                        "create table retail.products_info(affiliate varchar(5), division_cd varchar(10), main_category_cd varchar(10), sub_category_cd varchar(30), main_category_desc varchar(20) not null, sub_category_desc varchar(20) not null, primary key(affiliate,division_cd,main_category_cd,sub_category_cd))");
                s.execute(
                        "create table retail.zipcode(zipcode varchar(5) not null, province_city varchar(20) not null, province_city_eng varchar(30) not null, city_county varchar(30), city_county_eng varchar(30), eup_myeon varchar(30), eup_myeon_eng varchar(30), road_nm varchar(30), road_nm_eng varchar(30), short_zipcode varchar(3) not null)");
                s.execute(
                        "create table retail.purchase(affiliate varchar(5), receipt_no varchar(20), division_cd varchar(10), main_category_cd varchar(10), sub_category_cd varchar(30), customer_id varchar(10) references retail.customer, store_cd varchar(10), purchase_date varchar(10), purchase_time varchar(5), amount double precision, primary key(affiliate,receipt_no,division_cd,main_category_cd,sub_category_cd))");
                s.execute(
                        "insert into retail.customer select 'C'||i, 'F', '30세~34세', '010' from generate_series(1,100) i");
                s.execute(
                        "insert into retail.products_info select 'A', 'D'||i, 'M', 'S', '상품', '소' from generate_series(1,10) i");
                s.execute(
                        "insert into retail.zipcode values ('01000','서울특별시','Seoul','강북구','Gangbuk-gu',null,null,null,null,'010')");
                s.execute(
                        "insert into retail.purchase select 'A', 'R'||i, 'D'||(i%10), 'M', 'S', 'C'||(1+i%100), 'S1', to_char(date '2014-01-01' + (i%730), 'YYYYMMDD'), '12', case when i%1000=0 then 'NaN'::float8 when i%1001=0 then 1e20 when i%7=0 then 12.345 else i*10 end from generate_series(1,200000) i");
                s.execute("update retail.purchase set purchase_date = '2015-1' where receipt_no='R7'");
                s.execute("update retail.purchase set purchase_date = null where receipt_no='R8'");
            }
            Path secret = folder.resolve("secret.json");
            Files.writeString(
                    secret,
                    "{\"username\":\"postgres\",\"password\":\"x\",\"host\":\"localhost\",\"port\":" + pg.getPort()
                            + ",\"dbname\":\"postgres\"}");
            String[] common = {
                "--lake",
                folder.resolve("lake").toString(),
                "--secret",
                "file:" + secret,
                "--ssl-mode",
                "disable",
                "--run-id"
            };
            JobMain.run(new ExtractPurchases(), plus(common, "r0", "--dry-run"));
            JobMain.run(new ExtractDimensions(), plus(common, "r1"));
            JobMain.run(new ExtractPurchases(), plus(common, "r1"));
            JobMain.run(new ExtractPurchases(), plus(common, "r1"));
            try (Connection c = pg.getPostgresDatabase().getConnection();
                    Statement s = c.createStatement()) {
                s.execute("update retail.purchase set amount = 5 where receipt_no='R9'");
                s.execute("update retail.purchase set amount = 5 where receipt_no='R400'");
                s.execute("update retail.purchase set purchase_date = '20150203' where receipt_no='R8'");
            }
            JobMain.run(new ExtractPurchases(), plus(common, "r2", "--from", "2015-02", "--to", "2015-02"));
            JobMain.run(
                    new ExtractPurchases(),
                    plus(common, "r3", "--from", "2015-02", "--to", "2015-02", "--include-drifted"));
        }
    }

    static String[] plus(String[] a, String... b) {
        String[] r = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, r, a.length, b.length);
        return r;
    }
}

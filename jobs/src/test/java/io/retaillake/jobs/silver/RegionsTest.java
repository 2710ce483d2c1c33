package io.retaillake.jobs.silver;

import static io.retaillake.jobs.silver.BronzeRows.ZIPCODE;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.jobs.Cells;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegionsTest {

    private static final Cells GYEONGGI =
            ZIPCODE.with("short_zipcode", "131").with("province_city", "경기도").with("province_city_eng", "Gyeonggi-do");
    private static final Cells SUJEONG =
            GYEONGGI.with("city_county", "성남시 수정구").with("city_county_eng", "Sujeong-gu, Seongnam-si");
    private static final Cells JUNGWON =
            GYEONGGI.with("city_county", "성남시 중원구").with("city_county_eng", "Jungwon-gu, Seongnam-si");

    @Test
    void hasOneRowForEachShortZipcode() {
        assertThat(regions(ZIPCODE, SUJEONG, JUNGWON))
                .containsExactly(
                        "010|서울특별시|Seoul|강북구|Gangbuk-gu",
                        "131|경기도|Gyeonggi-do|성남시 수정구·성남시 중원구|" + "Jungwon-gu, Seongnam-si·Sujeong-gu, Seongnam-si");
    }

    @Test
    void joinsSeveralProvincesEachOnceWhateverTheOrder() {
        List<Cells> rows = new ArrayList<>(List.of(
                SUJEONG,
                SUJEONG.with("zipcode", "13199"),
                JUNGWON,
                ZIPCODE.with("short_zipcode", "131"),
                SUJEONG.with("road_nm", "중앙로")));
        String expected = "131|경기도·서울특별시|Gyeonggi-do·Seoul|강북구·성남시 수정구·성남시 중원구|"
                + "Gangbuk-gu·Jungwon-gu, Seongnam-si·Sujeong-gu, Seongnam-si";

        assertThat(regions(rows.toArray(Cells[]::new))).containsExactly(expected);
        Collections.reverse(rows);
        assertThat(regions(rows.toArray(Cells[]::new))).containsExactly(expected);
    }

    @Test
    void hasNoNameWhereThereIsNone() {
        Cells unnamed = ZIPCODE.with("city_county", null).with("city_county_eng", "\u3000");

        assertThat(regions(unnamed)).containsExactly("010|서울특별시|Seoul|null|null");
        assertThat(regions(unnamed, ZIPCODE)).containsExactly("010|서울특별시|Seoul|강북구|Gangbuk-gu");
    }

    private static List<String> regions(Cells... rows) {
        Regions regions = new Regions();
        Cells.texts(BronzeTables.ZIPCODE, rows).rows().forEach(regions::add);
        return regions.rows().rows().stream()
                .map(row -> String.join("|", row.stream().map(String::valueOf).toList()))
                .sorted()
                .toList();
    }
}

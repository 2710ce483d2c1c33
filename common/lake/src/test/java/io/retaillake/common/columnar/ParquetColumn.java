package io.retaillake.common.columnar;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;

/**
 * What a Parquet file says of a column of its first row group.
 *
 * @param pageRows how many rows each page has
 */
public record ParquetColumn(
        String name, String codec, boolean hasBloomFilter, boolean hasStatistics, List<Integer> pageRows) {

    /** The columns of a file. */
    public static List<ParquetColumn> of(String location) throws IOException {
        try (ParquetFileReader file =
                ParquetFileReader.open(HadoopInputFile.fromPath(new Path(location), new Configuration()))) {
            long rows = file.getFooter().getBlocks().get(0).getRowCount();
            List<ParquetColumn> columns = new ArrayList<>();
            for (ColumnChunkMetaData column :
                    file.getFooter().getBlocks().get(0).getColumns()) {
                columns.add(new ParquetColumn(
                        column.getPath().toDotString(),
                        column.getCodec().name(),
                        column.getBloomFilterOffset() > 0,
                        !column.getStatistics().isEmpty(),
                        pageRows(file.readOffsetIndex(column), rows)));
            }
            return columns;
        }
    }

    private static List<Integer> pageRows(OffsetIndex pages, long rows) {
        return IntStream.range(0, pages == null ? 0 : pages.getPageCount())
                .mapToObj(page -> (int) (pages.getLastRowIndex(page, rows) - pages.getFirstRowIndex(page) + 1))
                .toList();
    }
}

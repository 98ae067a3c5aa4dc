using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.DuckDb;

public sealed class DuckDbWriting : WritingContract<DuckDbPlace>;

public sealed class DuckDbSummaries : SummaryContract<DuckDbPlace>;

public sealed class DuckDbSearch : SearchContract<DuckDbPlace>;

public sealed class DuckDbPaging : PagingContract<DuckDbPlace>;

public sealed class DuckDbCounting : CountingContract<DuckDbPlace>;

public sealed class DuckDbMeasuring : MeasureContract<DuckDbPlace>;

public sealed class DuckDbKpis : KpiContract<DuckDbPlace>;

public sealed class DuckDbRetention : RetentionContract<DuckDbPlace>;

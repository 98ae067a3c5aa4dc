using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Elastic;

public sealed class Elasticsearch8Writing : WritingContract<Elasticsearch8>;

public sealed class Elasticsearch8Summaries : SummaryContract<Elasticsearch8>;

public sealed class Elasticsearch8Search : SearchContract<Elasticsearch8>;

public sealed class Elasticsearch8Paging : PagingContract<Elasticsearch8>;

public sealed class Elasticsearch8Counting : CountingContract<Elasticsearch8>;

public sealed class Elasticsearch8Measuring : MeasureContract<Elasticsearch8>;

public sealed class Elasticsearch8Kpis : KpiContract<Elasticsearch8>;

public sealed class Elasticsearch8Retention : RetentionContract<Elasticsearch8>;

public sealed class Elasticsearch9Writing : WritingContract<Elasticsearch9>;

public sealed class Elasticsearch9Summaries : SummaryContract<Elasticsearch9>;

public sealed class Elasticsearch9Search : SearchContract<Elasticsearch9>;

public sealed class Elasticsearch9Paging : PagingContract<Elasticsearch9>;

public sealed class Elasticsearch9Counting : CountingContract<Elasticsearch9>;

public sealed class Elasticsearch9Measuring : MeasureContract<Elasticsearch9>;

public sealed class Elasticsearch9Kpis : KpiContract<Elasticsearch9>;

public sealed class Elasticsearch9Retention : RetentionContract<Elasticsearch9>;

public sealed class OpenSearch3Writing : WritingContract<OpenSearch3>;

public sealed class OpenSearch3Summaries : SummaryContract<OpenSearch3>;

public sealed class OpenSearch3Search : SearchContract<OpenSearch3>;

public sealed class OpenSearch3Paging : PagingContract<OpenSearch3>;

public sealed class OpenSearch3Counting : CountingContract<OpenSearch3>;

public sealed class OpenSearch3Measuring : MeasureContract<OpenSearch3>;

public sealed class OpenSearch3Kpis : KpiContract<OpenSearch3>;

public sealed class OpenSearch3Retention : RetentionContract<OpenSearch3>;

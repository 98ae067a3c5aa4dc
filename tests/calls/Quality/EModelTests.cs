using Homer.Search.Calls;

namespace Homer.Search.Tests.Calls;

/// <summary>The worked examples of the reference.</summary>
public sealed class EModelTests
{
    [Theory]
    [InlineData(0, 25.1, 0, 20, 1, 92.72, 4.3998, 4.4093)]
    [InlineData(0, 25.1, 2, 80, 1, 84.2689, 4.1746, 4.2348)]
    [InlineData(0, 4.3, 2, 80, 1, 61.1213, 3.1579, 3.2560)]
    [InlineData(11, 19, 0, 50, 1, 81, 4.0612, 4.1044)]
    [InlineData(11, 19, 3, 150, 1, 67.1455, 3.4604, 3.6318)]
    [InlineData(11, 19, 3, 150, 2, 66.3073, 3.4194, 3.5927)]
    [InlineData(0, 4.3, 20, 400, 1, -19.0863, 1, 1.1236)]
    public void Rating_and_scores_are_those_of_the_examples(
        double ie, double bpl, double lost, double delay, double burst, double rating, double conversational, double listening)
    {
        double withoutDelay = EModel.Best - EModel.EquipmentImpairment(new CodecImpairment(ie, bpl), lost, burst);

        Assert.Equal(rating, withoutDelay - EModel.DelayImpairment(delay), 4);
        Assert.Equal(conversational, EModel.Mos(withoutDelay - EModel.DelayImpairment(delay)), 4);
        Assert.Equal(listening, EModel.Mos(withoutDelay), 4);
    }

    [Theory]
    [InlineData(50, 2.575)]
    [InlineData(60, 3.1)]
    [InlineData(70, 3.597)]
    [InlineData(80, 4.024)]
    [InlineData(90, 4.339)]
    [InlineData(93.2, 4.4093)]
    [InlineData(100, 4.5)]
    [InlineData(3.22, 1)]
    public void Scores_of_ratings(double rating, double mos) => Assert.Equal(mos, EModel.Mos(rating), 4);

    [Fact]
    public void No_score_is_made_up_for_a_codec_without_values_or_a_loss_nobody_reported()
    {
        Assert.Null(MosEstimate.Of("opus", 0, null, 20));
        Assert.Null(MosEstimate.Of(null, 0, null, 20));
        Assert.Null(MosEstimate.Of("PCMA", null, null, 20));
    }

    [Fact]
    public void Without_a_delay_only_listening_is_rated() =>
        Assert.Equal((4.4093, null), (Math.Round(MosEstimate.Of("pcma", 0, null, null)!.Listening, 4), MosEstimate.Of("pcma", 0, null, null)!.Conversational));

    [Fact]
    public void What_the_jitter_buffer_throws_away_hurts_like_loss() =>
        Assert.Equal(MosEstimate.Of("PCMA", 3, null, 80)!.Mos, MosEstimate.Of("PCMA", 1, 2, 80)!.Mos);
}

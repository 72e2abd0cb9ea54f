using Dragoman.Training.Jobs;

namespace Dragoman.Training.Tests.Jobs;

public sealed class RunCheckpointsTests
{
    [Theory]
    [InlineData("negatives", false)]
    [InlineData("step-4.tmp", false)]
    [InlineData("step-4", true)]
    [InlineData("folds/1", false)]
    [InlineData("folds/1/step-4.tmp", false)]
    [InlineData("folds/1/step-4", true)]
    [InlineData("folds/1.model", true)]
    [InlineData("folds/1.model.99.tmp", false)]
    public void HasOne_WhatARunLeft_IsSomethingToGoOnFrom(string left, bool expected)
    {
        using var folder = new TemporaryFolder();
        RunCheckpoints.HasOne(folder["m.checkpoint"]).ShouldBeFalse();
        Directory.CreateDirectory(folder[$"m.checkpoint/{left}"]);
        RunCheckpoints.HasOne(folder["m.checkpoint"]).ShouldBe(expected);
    }
}

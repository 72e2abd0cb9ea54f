// libtorch's random numbers and thread count belong to the process, so tests run one after another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

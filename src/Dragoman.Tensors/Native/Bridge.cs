using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Dragoman.Tensors.Errors;

namespace Dragoman.Tensors.Native;

/// <summary>The functions of <c>dragoman_torch.h</c>, in its order.</summary>
internal static unsafe partial class Bridge
{
    internal const string Library = "dragoman_torch";
    internal const int AbiVersion = 3;

    [LibraryImport(Library, EntryPoint = "drg_abi_version")] internal static partial int ReadAbiVersion();
    [LibraryImport(Library, EntryPoint = "drg_torch_version")] internal static partial nint TorchVersion();
    [LibraryImport(Library, EntryPoint = "drg_last_error")] internal static partial nint LastError();

    [LibraryImport(Library, EntryPoint = "drg_tensor_copy_from")]
    internal static partial int CopyFrom(void* data, DType type, long* sizes, int dimensions, out nint tensor);

    [LibraryImport(Library, EntryPoint = "drg_tensor_borrow")]
    internal static partial int Borrow(void* data, DType type, long* sizes, int dimensions, delegate* unmanaged<nint, void> deleter, nint context, out nint tensor);

    [LibraryImport(Library, EntryPoint = "drg_tensor_copy_to")] internal static partial int CopyTo(TensorHandle tensor, void* destination, long bytes);
    [LibraryImport(Library, EntryPoint = "drg_tensor_data")] internal static partial int Data(TensorHandle tensor, out nint data);

    [LibraryImport(Library, EntryPoint = "drg_tensor_describe")]
    internal static partial int Describe(TensorHandle tensor, out TensorInfo info, long* sizes, long* strides, int capacity);

    [LibraryImport(Library, EntryPoint = "drg_tensor_alias")] internal static partial int Alias(TensorHandle tensor, out nint alias);
    [LibraryImport(Library, EntryPoint = "drg_tensor_free")] internal static partial int Free(nint tensor);

    [LibraryImport(Library, EntryPoint = "drg_op_find", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int FindOperator(string name, string overload, out nint found);

    [LibraryImport(Library, EntryPoint = "drg_op_schema")] internal static partial int Schema(nint found, out nint text);

    [LibraryImport(Library, EntryPoint = "drg_op_call")]
    internal static partial int Call(nint found, BridgeValue* arguments, int count, BridgeValue* results, int capacity, out int resultCount);

    [LibraryImport(Library, EntryPoint = "drg_list_free")] internal static partial int FreeList(nint items);

    [LibraryImport(Library, EntryPoint = "drg_backward")] internal static partial int Backward(TensorHandle root, nint gradient, int retainGraph, int createGraph);
    [LibraryImport(Library, EntryPoint = "drg_tensor_grad")] internal static partial int Gradient(TensorHandle tensor, out nint gradient);
    [LibraryImport(Library, EntryPoint = "drg_tensor_set_grad")] internal static partial int SetGradient(TensorHandle tensor, nint gradient);
    [LibraryImport(Library, EntryPoint = "drg_tensor_set_requires_grad")] internal static partial int SetRequiresGrad(TensorHandle tensor, int requires);
    [LibraryImport(Library, EntryPoint = "drg_grad_mode")] internal static partial int GradMode(int enabled, out int previous);

    [LibraryImport(Library, EntryPoint = "drg_autocast_enter")]
    internal static partial int EnterAutocast(DeviceKind device, int enabled, DType type, out int previousEnabled, out DType previousType);

    [LibraryImport(Library, EntryPoint = "drg_autocast_exit")] internal static partial int ExitAutocast(DeviceKind device, int previousEnabled, DType previousType);

    [LibraryImport(Library, EntryPoint = "drg_manual_seed")] internal static partial int ManualSeed(long seed);
    [LibraryImport(Library, EntryPoint = "drg_generator_state")] internal static partial int GeneratorState(DeviceKind device, int index, out nint state);
    [LibraryImport(Library, EntryPoint = "drg_set_generator_state")] internal static partial int SetGeneratorState(DeviceKind device, int index, TensorHandle state);
    [LibraryImport(Library, EntryPoint = "drg_threads")] internal static partial int Threads(out int intraOp, out int interOp);
    [LibraryImport(Library, EntryPoint = "drg_set_threads")] internal static partial int SetThreads(int intraOp);
    [LibraryImport(Library, EntryPoint = "drg_set_inter_op_threads")] internal static partial int SetInterOpThreads(int interOp);
    [LibraryImport(Library, EntryPoint = "drg_cuda")] internal static partial int Cuda(out int available, out int count);

    [LibraryImport(Library, EntryPoint = "drg_group_backends")] internal static partial int GroupBackends(out int backends);

    [LibraryImport(Library, EntryPoint = "drg_group_join", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int JoinGroup(int backend, string host, int port, int rank, int size, long timeoutMs, out nint group);

    [LibraryImport(Library, EntryPoint = "drg_group_free")] internal static partial int FreeGroup(nint group);
    [LibraryImport(Library, EntryPoint = "drg_group_sum")] internal static partial int GroupSum(GroupHandle group, TensorHandle tensor);
    [LibraryImport(Library, EntryPoint = "drg_group_broadcast")] internal static partial int GroupBroadcast(GroupHandle group, TensorHandle tensor, int root);

    [LibraryImport(Library, EntryPoint = "drg_group_publish", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int GroupPublish(GroupHandle group, string key, void* data, long bytes);

    [LibraryImport(Library, EntryPoint = "drg_group_await", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int GroupAwait(GroupHandle group, string key, long timeoutMs, out nint value);

    [LibraryImport(Library, EntryPoint = "drg_layer_create")] internal static partial int CreateLayer(nint* weights, int heads, int activation, double epsilon, out nint layer);
    [LibraryImport(Library, EntryPoint = "drg_layer_free")] internal static partial int FreeLayer(nint layer);

    [LibraryImport(Library, EntryPoint = "drg_layer_forward")]
    internal static partial int ForwardLayer(LayerHandle layer, TensorHandle x, TensorHandle offsets, int firstOnly, double attentionDropout, double hiddenDropout, out nint result);

    [LibraryImport(Library, EntryPoint = "drg_tensor_changed")] internal static partial int Changed(TensorHandle tensor);

    /// <summary>The message of this thread's last failure.</summary>
    internal static string Message() => Marshal.PtrToStringUTF8(LastError()) ?? "no message";

    /// <summary>Turns a status into an exception named after the caller.</summary>
    internal static void Check(int status, [CallerMemberName] string operation = "", params Tensor?[] tensors)
    {
        if (status == 0) return;
        var message = Message();
        throw new TensorOperatorException(operation, [.. tensors.Select(tensor => tensor?.Describe() ?? "none")], message);
    }
}

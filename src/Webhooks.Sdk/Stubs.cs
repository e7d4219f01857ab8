#pragma warning disable
using System; using System.Buffers; using System.Collections.Generic; using System.Net.Http; using System.Threading; using System.Threading.Tasks;
namespace Webhooks.Sdk {
public ref struct WebhookJsonWriter { System.Text.Json.Utf8JsonWriter _w; public WebhookJsonWriter(IBufferWriter<byte> b) { _w = new(b, new(){Encoder=System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping}); }
 public void WriteStartObject()=>_w.WriteStartObject(); public void WriteEndObject()=>_w.WriteEndObject(); public void WriteStartObject(ReadOnlySpan<byte> n)=>_w.WriteStartObject(n);
 public void WriteString(ReadOnlySpan<byte> n, string v)=>_w.WriteString(n,v); public void WriteString(ReadOnlySpan<byte> n, ReadOnlySpan<char> v)=>_w.WriteString(n,v); public void WriteNumber(ReadOnlySpan<byte> n, int v)=>_w.WriteNumber(n,v); public void Flush()=>_w.Flush(); }
public sealed class WebhookUrl { string s; string q=""; WebhookUrl(string b){s=b.TrimEnd('/');}
 public static WebhookUrl For(string b)=>new(b); public static WebhookUrl For(Uri b)=>new(b.AbsoluteUri); public WebhookUrl Path(string p){s+="/"+p; return this;} public WebhookUrl Code(string c){s+="/"+Uri.EscapeDataString(c);return this;}
 public WebhookUrl Query(string n,string? v){ if(v!=null) q+=(q==""?"?":"&")+Uri.EscapeDataString(n)+"="+Uri.EscapeDataString(v); return this;} public WebhookUrl Query(string n,int v)=>Query(n,v.ToString());
 public Uri Build()=>new(s+q); public static Uri Opaque(string s)=>new(s,new UriCreationOptions{DangerousDisablePathAndQueryCanonicalization=true}); }
}
namespace Webhooks.Sdk.Json { internal static class JsonPairs { public static void Write<T>(ref WebhookJsonWriter w, IEnumerable<KeyValuePair<string,T>> p){ w.WriteStartObject(); foreach(var x in p) w.WriteString(System.Text.Encoding.UTF8.GetBytes(x.Key), x.Value?.ToString()??""); w.WriteEndObject(); } }
internal sealed class PooledBufferWriter : IBufferWriter<byte>, IDisposable { ArrayBufferWriter<byte> a=new(); public void Advance(int c)=>a.Advance(c); public Memory<byte> GetMemory(int s=0)=>a.GetMemory(s); public Span<byte> GetSpan(int s=0)=>a.GetSpan(s); public ReadOnlySpan<byte> WrittenSpan=>a.WrittenSpan; public void Dispose(){} } }
namespace Webhooks.Sdk.Urls { internal static class ReceiverUrl { public static Uri Accept(string u,string p)=>new(u); public static Uri Accept(Uri u,string p)=>u; public static string Describe(Uri u)=>u.GetLeftPart(UriPartial.Authority); public static bool HaveSameOrigin(Uri a, Uri b)=>Describe(a)==Describe(b); }
internal static class FormBody { public static byte[] Encode<T>(IEnumerable<KeyValuePair<string,T>> p)=>[]; } }
namespace Webhooks.Sdk.Http { internal static class HeaderRules { public static void ValidateName(string n,string p){} public static void ValidateValue(string n,string p){} public static void ValidateMediaType(string n,string p){} public static bool IsContentHeader(string n)=>false; public static bool IsValidValue(string n)=>true; }
internal sealed class BlockedAddressException : Exception { public static BlockedAddressException? Find(Exception e)=>null; }
internal sealed class WebhookTransport : HttpMessageHandler { HttpMessageInvoker i; public static readonly HttpRequestOptionsKey<bool> Trusted = new("Webhooks.Sdk.Trusted"); public WebhookTransport(WebhookOptions o){ i=new(new SocketsHttpHandler{AllowAutoRedirect=false}); } protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage r, CancellationToken c)=>i.SendAsync(r,c); } }

import { rtcError } from "./rtc-errors";
import { TypedEmitter } from "./typed-emitter";

/**
 * What a client of the SDK can do that has no meaning between browsers, or is not built: each says so, at once or by
 * its promise, with the SDK's `NOT_SUPPORTED`.
 */
export abstract class UnsupportedFeatures<Events extends { [event: string]: unknown[] }> extends TypedEmitter<Events> {
  presubscribe(): Promise<never> {
    return refuse("presubscribe");
  }
  setDualStreamMode(): Promise<void> {
    return refuse("setDualStreamMode");
  }
  setClientRole(): Promise<void> {
    return refuse("setClientRole");
  }
  pickSVCLayer(): Promise<void> {
    return refuse("pickSVCLayer");
  }
  setRTMConfig(): Promise<void> {
    return refuse("setRTMConfig");
  }
  setStreamFallbackOption(): Promise<void> {
    return refuse("setStreamFallbackOption");
  }
  setLiveTranscoding(): Promise<void> {
    return refuse("setLiveTranscoding");
  }
  startLiveStreaming(): Promise<void> {
    return refuse("startLiveStreaming");
  }
  stopLiveStreaming(): Promise<void> {
    return refuse("stopLiveStreaming");
  }
  startChannelMediaRelay(): Promise<void> {
    return refuse("startChannelMediaRelay");
  }
  updateChannelMediaRelay(): Promise<void> {
    return refuse("updateChannelMediaRelay");
  }
  stopChannelMediaRelay(): Promise<void> {
    return refuse("stopChannelMediaRelay");
  }
  sendCustomReportMessage(): Promise<void> {
    return refuse("sendCustomReportMessage");
  }
  enableContentInspect(): Promise<void> {
    return refuse("enableContentInspect");
  }
  disableContentInspect(): Promise<void> {
    return refuse("disableContentInspect");
  }
  setImageModeration(): Promise<void> {
    return refuse("setImageModeration");
  }
  setProxyServer(): void {
    throw rtcError.notSupported("setProxyServer");
  }
  setTurnServer(): void {
    throw rtcError.notSupported("setTurnServer: the server gives them");
  }
  startProxyServer(): void {
    throw rtcError.notSupported("startProxyServer");
  }
  stopProxyServer(): void {
    throw rtcError.notSupported("stopProxyServer");
  }
  setEncryptionConfig(): void {
    throw rtcError.notSupported("setEncryptionConfig: media is encrypted between the browsers anyway, which");
  }
  setLicense(): void {
    throw rtcError.notSupported("setLicense");
  }
  setLocalAccessPointsV2(): void {
    throw rtcError.notSupported("setLocalAccessPointsV2");
  }
  _setRteInfo(): void {
    throw rtcError.notSupported("_setRteInfo");
  }
}

function refuse(what: string): Promise<never> {
  return Promise.reject(rtcError.notSupported(what));
}

/** How each connection to another page is made. */
export function connectionConfiguration(iceServers: RTCIceServer[]): RTCConfiguration {
  return { iceServers, bundlePolicy: "max-bundle" };
}

import { type RTCCertificate, RTCDtlsTransport } from "werift";

/** Self-signed; werift makes one a process. It serves TLS and DTLS: browsers are told to take it. */
export function makeCertificate(): Promise<RTCCertificate> {
  return RTCDtlsTransport.SetupCertificate();
}

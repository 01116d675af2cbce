/** AccessToken2 itself: `agora-token`'s index only exports builders that always add the join privilege. */
declare module "agora-token/src/AccessToken2.js" {
  export const kRtcServiceType: number;
  export class ServiceRtc {
    static readonly kPrivilegeJoinChannel: number;
    static readonly kPrivilegePublishAudioStream: number;
    static readonly kPrivilegePublishVideoStream: number;
    static readonly kPrivilegePublishDataStream: number;
    constructor(channelName: string, uid: number);
    /** @param expire seconds from the token's issue */
    add_privilege(privilege: number, expire: number): void;
    /** As read from a token, `__uid` empty when the token is for everyone; privileges in seconds from the issue. */
    __channel_name: Buffer | string;
    __uid: Buffer | string;
    __privileges: Readonly<Record<number, number>>;
  }
  export class AccessToken2 {
    appId: Buffer | string;
    issueTs: number;
    expire: number;
    salt: number;
    /** @param issueTs Unix seconds @param expire seconds from `issueTs` */
    constructor(appId: string, appCertificate: string, issueTs: number, expire: number);
    add_service(service: ServiceRtc): void;
    /** @returns the token, `""` for a malformed app id or certificate */
    build(): string;
    /** @returns whether it is a token; its signature is another question */
    from_string(token: string): boolean;
    verifySignature(appCertificate: string): boolean;
    getServices(serviceType: number): unknown[];
  }
}

/** AccessToken2 itself: `agora-token`'s index only exports builders that always add the join privilege. */
declare module "agora-token/src/AccessToken2.js" {
  export class ServiceRtc {
    static readonly kPrivilegeJoinChannel: number;
    static readonly kPrivilegePublishAudioStream: number;
    static readonly kPrivilegePublishVideoStream: number;
    static readonly kPrivilegePublishDataStream: number;
    constructor(channelName: string, uid: number);
    /** @param expire seconds from the token's issue */
    add_privilege(privilege: number, expire: number): void;
  }
  export class AccessToken2 {
    salt: number;
    /** @param issueTs Unix seconds @param expire seconds from `issueTs` */
    constructor(appId: string, appCertificate: string, issueTs: number, expire: number);
    add_service(service: ServiceRtc): void;
    /** @returns the token, `""` for a malformed app id or certificate */
    build(): string;
  }
}

/** How NATS is reached, as the configuration says it. */

/** Paths are absolute or relative to the working directory; files are read at each connect. */
export type NatsOptions = {
  /** `tls://host:4222`, or `nats://` for a loopback host; at least one, all of one cluster. */
  servers: readonly string[];
  /** Beside the authorities the system trusts; a certificate of our own where the server asks for one. */
  tls?:
    | { caFile?: string | undefined; certFile?: string | undefined; keyFile?: string | undefined }
    | undefined;
  /** A `.creds` file of NATS. */
  credentialsFile?: string | undefined;
  user?: string | undefined;
  passwordFile?: string | undefined;
  /** On how many servers the log and the lease are kept: 1, or 3 or 5 of a cluster. */
  replicas: 1 | 3 | 5;
};

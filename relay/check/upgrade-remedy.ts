/** What to do about a connection to the platform that did not open or did not last. */
import { describeUpstreamEnd, type UpstreamEnd } from '../upstream/upstream-end.ts';

const CERTIFICATE_CODES = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)/;

export function remedyOfEnd(end: UpstreamEnd): { detail: string; remedy: string } {
  const { detail } = describeUpstreamEnd(end);
  switch (end.kind) {
    case 'answered':
      return { detail, remedy: remedyOfStatus(end.status) };
    case 'failed':
      return CERTIFICATE_CODES.test(end.code ?? '')
        ? {
            detail: `The platform’s certificate is not trusted here (${end.code})`,
            remedy:
              'Check the host in "upstream.url" and this machine’s clock; name a private authority’s certificate in NODE_EXTRA_CA_CERTS.',
          }
        : {
            detail,
            remedy: 'Check "upstream.url", and whatever stands between this machine and the platform.',
          };
    case 'timeout':
    case 'silent':
      return {
        detail,
        remedy: 'Try again; if it stays so, ask whether a firewall or proxy holds back WebSockets.',
      };
    case 'closed':
      return { detail, remedy: 'Try again; if it stays so, look at the script’s own log on the platform.' };
    case 'no-token':
      return { detail, remedy: 'Put the platform’s token into the file that "upstream.tokenFile" names.' };
    default:
      return end satisfies never;
  }
}

function remedyOfStatus(status: number): string {
  switch (status) {
    case 401:
      return 'Put a new token of the platform into the token file; a running relay takes it over by itself.';
    case 403:
      return 'Give the token’s user the right to this script, or use the token of one who has it.';
    case 404:
      return 'Check the script’s id at the end of "upstream.url", and that the script is there.';
    case 429:
      return 'Wait a while: the platform counts attempts.';
    default:
      return status >= 500
        ? 'The platform itself has trouble: try again later.'
        : 'Check that "upstream.url" is wss://<platform host>/api/cp/scriptforge/<script id>.';
  }
}

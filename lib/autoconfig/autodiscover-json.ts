/** Autodiscover v2: JSON that can only say where to ask in the older way, because it has no words for IMAP and SMTP. */

export type AutodiscoverV2Answer =
  | { readonly status: 200; readonly body: { readonly Protocol: 'AutodiscoverV1'; readonly Url: string } }
  | { readonly status: 400; readonly body: { readonly ErrorCode: string; readonly ErrorMessage: string } }

export function autodiscoverV2(protocol: string | null, portalUrl: string): AutodiscoverV2Answer {
  if (protocol === null) {
    const ErrorMessage = 'A valid value must be provided for the query parameter Protocol.'
    return { status: 400, body: { ErrorCode: 'MandatoryParameterMissing', ErrorMessage } }
  }
  if (protocol.toLowerCase() === 'autodiscoverv1') {
    return { status: 200, body: { Protocol: 'AutodiscoverV1', Url: `${portalUrl}/autodiscover/autodiscover.xml` } }
  }
  const ErrorMessage = 'The protocol is not supported here. Supported values are: AutodiscoverV1.'
  return { status: 400, body: { ErrorCode: 'InvalidProtocol', ErrorMessage } }
}

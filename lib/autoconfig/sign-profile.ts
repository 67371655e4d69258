/**
 * Signs a profile, so that a device shows from whom it comes: CMS SignedData (RFC 5652 §5) with the profile inside, DER,
 * SHA-256, with the signer's chain.
 */
import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import {
  Attribute,
  CertificateChoices,
  CertificateSet,
  CMSVersion,
  ContentInfo,
  DigestAlgorithmIdentifiers,
  EncapsulatedContent,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  id_contentType,
  id_data,
  id_messageDigest,
  id_signedData,
  id_signingTime,
  SignedData,
  SignerIdentifier,
  SignerInfo,
  SignerInfos,
  SigningTime,
} from '@peculiar/asn1-cms'
import {
  AsnArray,
  AsnConvert,
  AsnObjectIdentifierConverter,
  AsnType,
  AsnTypeTypes,
  OctetString,
} from '@peculiar/asn1-schema'
import { AlgorithmIdentifier, Certificate } from '@peculiar/asn1-x509'

export type ProfileSigner = {
  /** the signer's certificate first */
  readonly certificates: readonly Buffer[]
  readonly key: KeyObject
}

/** @param certificatesPem the signer's certificate and its chain */
export function profileSigner(certificatesPem: string, keyPem: string): ProfileSigner {
  const blocks = certificatesPem.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)
  return {
    certificates: [...blocks].map(([, base64 = '']) => Buffer.from(base64, 'base64')),
    key: createPrivateKey(keyPem),
  }
}

const SHA256 = '2.16.840.1.101.3.4.2.1'
const RSA = '1.2.840.113549.1.1.1'
const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2'

class AttributeSet extends AsnArray<Attribute> {}
AsnType({ type: AsnTypeTypes.Set, itemType: Attribute })(AttributeSet)

export function signProfile(profile: string, { certificates, key }: ProfileSigner, now: Date): Buffer {
  const content = Buffer.from(profile)
  const chain = certificates.map((der) => AsnConvert.parse(der, Certificate))
  const [own] = chain
  if (own === undefined) throw new Error('there is no certificate to sign profiles with')
  const attributes = signedAttributes(content, now)
  const { issuer, serialNumber } = own.tbsCertificate
  const signature = sign('sha256', Buffer.from(AsnConvert.serialize(new AttributeSet(attributes))), key)
  const isRsa = key.asymmetricKeyType === 'rsa'
  const digestAlgorithm = new AlgorithmIdentifier({ algorithm: SHA256 })
  const signer = new SignerInfo({
    version: CMSVersion.v1,
    sid: new SignerIdentifier({ issuerAndSerialNumber: new IssuerAndSerialNumber({ issuer, serialNumber }) }),
    digestAlgorithm,
    signedAttrs: attributes,
    signatureAlgorithm: new AlgorithmIdentifier(
      isRsa ? { algorithm: RSA, parameters: null } : { algorithm: ECDSA_WITH_SHA256 },
    ),
    signature: new OctetString(signature),
  })
  const signed = new SignedData({
    version: CMSVersion.v1,
    digestAlgorithms: new DigestAlgorithmIdentifiers([digestAlgorithm]),
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: id_data,
      eContent: new EncapsulatedContent({ single: new OctetString(content) }),
    }),
    certificates: new CertificateSet(chain.map((certificate) => new CertificateChoices({ certificate }))),
    signerInfos: new SignerInfos([signer]),
  })
  const info = new ContentInfo({ contentType: id_signedData, content: AsnConvert.serialize(signed) })
  return Buffer.from(AsnConvert.serialize(info))
}

/** In the order that DER asks of a set: the shortest first, for these three. */
function signedAttributes(content: Buffer, now: Date): Attribute[] {
  const attribute = (attrType: string, value: ArrayBuffer) => new Attribute({ attrType, attrValues: [value] })
  const digest = createHash('sha256').update(content).digest()
  return [
    attribute(id_contentType, AsnObjectIdentifierConverter.toASN(id_data).toBER()),
    attribute(id_signingTime, AsnConvert.serialize(new SigningTime(now))),
    attribute(id_messageDigest, AsnConvert.serialize(new OctetString(digest))),
  ]
}

import { notFound } from 'next/navigation'

export { generateMetadata } from '../not-found.tsx'

/** Every address that no page answers: so that the reader is told in their own language. */
export default function UnknownPage() {
  notFound()
}

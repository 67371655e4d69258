/** A mail address that breaks before its @, and elsewhere only where it would not fit. */
export function AddressText({ address }: { address: string }) {
  const at = address.lastIndexOf('@')
  return (
    <span className="[overflow-wrap:anywhere]">
      {address.slice(0, at)}
      <wbr />
      {address.slice(at)}
    </span>
  )
}

"""Asks Evolution's own code for the settings of an address, without a window: what its set-up assistant asks on its second page.

evolution-lookup.py LIBRARY AUTHORITY ADDRESS, within a D-Bus session. Prints what Evolution found, in its own words.
"""
import ctypes
import sys

library, authority, address = sys.argv[1:]
gio = ctypes.CDLL("libgio-2.0.so.0")
data_server = ctypes.CDLL("libedataserver-1.2.so.27")
evolution = ctypes.CDLL(library)


class Error(ctypes.Structure):
    _fields_ = [("domain", ctypes.c_uint32), ("code", ctypes.c_int), ("message", ctypes.c_char_p)]


def call(function, *arguments):
    """Of a GLib function that answers an object or an error."""
    function.restype = ctypes.c_void_p
    error = ctypes.POINTER(Error)()
    answer = function(*arguments, ctypes.byref(error))
    if error:
        sys.exit(error.contents.message.decode())
    return ctypes.c_void_p(answer)


gio.g_tls_backend_get_default.restype = ctypes.c_void_p
backend = ctypes.c_void_p(gio.g_tls_backend_get_default())
gio.g_tls_backend_set_default_database(backend, call(gio.g_tls_file_database_new, authority.encode()))
registry = call(data_server.e_source_registry_new_sync, None)
found = call(evolution.e_mail_autoconfig_new_sync, registry, address.encode(), None, None)
evolution.e_mail_autoconfig_dump_results(found)

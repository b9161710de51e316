"""Runs in a job of an environment with an inspecting firewall, and says what passes it: one line that the job leaves as its exit message."""
import os
import socket
import ssl
import sys
import urllib.error
import urllib.request

ALLOWED = os.environ["ALLOWED_DOMAIN"]
OTHER = "example.com"
found = []


def expect(what, allowed, call):
    """Does something that must pass, or be dropped."""
    try:
        call()
        happened, why = True, ""
    except OSError as dropped:
        happened, why = False, f" ({type(dropped).__name__}: {str(dropped)[:120]})"
    if happened != allowed:
        found.append(f"{what} was {'let through' if happened else 'dropped'}{why}")


def get(address):
    urllib.request.urlopen(address, timeout=15).read(1)


def greet(name):
    """A TLS greeting to the allowed host's address, with another name in it or none."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection((ALLOWED, 443), timeout=15) as plain, context.wrap_socket(plain, server_hostname=name):
        pass


def ask_by_udp():
    """A question to a name server outside, which would answer at once."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(10)
        client.sendto(bytes.fromhex("000101000001000000000000") + b"\x07example\x03com\x00\x00\x01\x00\x01", ("1.1.1.1", 53))
        client.recv(512)


expect(f"https://{ALLOWED}", True, lambda: get(f"https://{ALLOWED}/simple/pip/"))
expect(f"https://{OTHER}", False, lambda: get(f"https://{OTHER}/"))
expect(f"http://{OTHER}", False, lambda: get(f"http://{OTHER}/"))
expect(f"a subdomain of {ALLOWED}", False, lambda: get(f"https://test.{ALLOWED}/"))
expect(f"the name {OTHER} at an allowed address", False, lambda: greet(OTHER))
expect("a greeting without a name", False, lambda: greet(None))
expect("UDP", False, ask_by_udp)

message = "; ".join(found) or "the listed name passes, everything else is dropped"
with open("/opt/ml/output/message", "w", encoding="utf-8") as file:
    file.write(message[:1000])
sys.exit(1 if found else 0)

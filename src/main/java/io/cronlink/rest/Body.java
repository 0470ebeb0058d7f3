package io.cronlink.rest;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The body of a request as far as it was read, whatever still comes. */
record Body(byte[] octets) {

    static final Body NONE = new Body(new byte[0]);

    HttpServletRequest in(HttpServletRequest request) {
        return new Request(request, new Octets(octets));
    }

    private static final class Request extends HttpServletRequestWrapper {

        private final ServletInputStream input;

        Request(HttpServletRequest request, ServletInputStream input) {
            super(request);
            this.input = input;
        }

        @Override
        public ServletInputStream getInputStream() {
            return input;
        }

        @Override
        public BufferedReader getReader() {
            Charset charset = Optional.ofNullable(getCharacterEncoding())
                    .map(Charset::forName)
                    .orElse(StandardCharsets.UTF_8);
            return new BufferedReader(new InputStreamReader(input, charset));
        }
    }

    private static final class Octets extends ServletInputStream {

        private final ByteArrayInputStream octets;

        Octets(byte[] octets) {
            this.octets = new ByteArrayInputStream(octets);
        }

        @Override
        public int read() {
            return octets.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return octets.read(into, offset, length);
        }

        @Override
        public int available() {
            return octets.available();
        }

        @Override
        public boolean isFinished() {
            return octets.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("no request is asynchronous");
        }
    }
}
